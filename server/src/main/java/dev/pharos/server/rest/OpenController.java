// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.openid.OpenIdSignIn;
import dev.pharos.server.rest.json.Problem;
import dev.pharos.server.rights.OfWholeServer;
import dev.pharos.server.store.Database;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What is outside `/api/v1`: probes, metrics, and errors that no controller of ours was reached by.
@RestController
@Hidden
public final class OpenController implements ErrorController {
    private final Database database;
    private final OpenIdDoor openId;
    private final PrometheusMeterRegistry metrics;

    public OpenController(Database database, OpenIdDoor openId, PrometheusMeterRegistry metrics) {
        this.database = database;
        this.openId = openId;
        this.metrics = metrics;
    }

    /// Whether the process works: if not, restart it.
    @GetMapping("/health/live")
    Map<String, String> live() {
        return Map.of("status", "UP");
    }

    /// Whether it can do its work now: if not, send it none. Devices are served though no provider vouches for people,
    /// so that is only said.
    @GetMapping("/health/ready")
    ResponseEntity<Map<String, String>> ready() {
        boolean up = database.answers();
        String state = up ? "UP" : "DOWN";
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("status", state);
        parts.put("database", state);
        for (OpenIdSignIn signIn : openId.all()) {
            parts.put(
                    signIn.id().isEmpty() ? "openid" : "openid-" + signIn.id(),
                    signIn.trouble().isEmpty() ? "UP" : "DOWN");
        }
        return ResponseEntity.status(up ? 200 : 503).body(parts);
    }

    @OfWholeServer
    @GetMapping(value = "/metrics", produces = "text/plain;version=0.0.4;charset=utf-8")
    String metrics() {
        return metrics.scrape();
    }

    @RequestMapping("/error")
    ResponseEntity<Problem> error(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer number ? number : 404;
        HttpStatus known = HttpStatus.resolve(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
                .body(Problem.of(status, title, title + "."));
    }
}
