// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.rest.json.TimeZoneChoice;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.TimeZoneStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// In which time zone whoever is signed in reads times. It changes nothing that others see, nor what the server does.
@RestController
@RequestMapping(AuthenticationFilter.SESSION_PATH + "/time-zone")
@Tag(name = "session")
@Needs(Right.SELF)
@Reaches(Reach.NONE)
public final class TimeZoneController {
    private final TimeZoneStore zones;
    private final Sessions sessions;

    public TimeZoneController(TimeZoneStore zones, Sessions sessions) {
        this.zones = zones;
        this.sessions = sessions;
    }

    @GetMapping
    @Operation(operationId = "timeZone", summary = "The time zone in which the page shows you times")
    TimeZoneChoice get(HttpServletRequest request) {
        return TimeZoneChoice.of(zones.of(SessionOpener.owner(request, sessions)));
    }

    @PutMapping
    @Operation(operationId = "chooseTimeZone", summary = "Choose the time zone in which the page shows you times")
    TimeZoneChoice put(@RequestBody TimeZoneChoice body, HttpServletRequest request) {
        Optional<ZoneId> zone = body.checkedZone();
        zones.put(SessionOpener.owner(request, sessions), zone);
        return TimeZoneChoice.of(zone);
    }
}
