// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// In which time zone somebody reads times.
///
/// @param timeZone of the IANA time zone database, such as `Europe/Berlin`, or `UTC`; null for that of the browser
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TimeZoneChoice(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"string", "null"})
        @Nullable
        String timeZone) {

    public static TimeZoneChoice of(Optional<ZoneId> zone) {
        return new TimeZoneChoice(zone.map(ZoneId::getId).orElse(null));
    }

    public Optional<ZoneId> checkedZone() {
        if (timeZone == null) {
            return Optional.empty();
        }
        if (!ZoneId.getAvailableZoneIds().contains(timeZone)) {
            throw new BadRequestException(
                    "timeZone",
                    "must be a name of the IANA time zone database such as Europe/Berlin, or UTC, or null for that of"
                            + " the browser");
        }
        return Optional.of(ZoneId.of(timeZone));
    }
}
