// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.rest.json.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/// Writes problem details where no controller is reached.
public final class Problems {
    private final JsonMapper json;

    public Problems(JsonMapper json) {
        this.json = json;
    }

    public void unauthorized(HttpServletResponse response, String detail) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer realm=\"pharos\"");
        write(response, Problem.of(401, "Not signed in", detail));
    }

    public void forbidden(HttpServletResponse response, String detail) throws IOException {
        write(response, Problem.of(403, "Not allowed", detail));
    }

    public void tooManyFailures(HttpServletResponse response, Duration wait) throws IOException {
        long seconds = Math.max(1, wait.toSeconds());
        response.setHeader("Retry-After", Long.toString(seconds));
        write(
                response,
                Problem.of(
                        429,
                        "Too many failed sign-ins",
                        "This address failed to sign in too often; it may try again in " + seconds + " s."));
    }

    /// @param what of which there were too many
    void askedTooOften(HttpServletResponse response, String what, Duration wait) throws IOException {
        long seconds = Math.max(1, RateGate.seconds(wait));
        response.setHeader("Retry-After", Long.toString(seconds));
        write(
                response,
                Problem.of(
                        429,
                        "Too many requests",
                        "You send too many " + what + "; nothing was done. Try again in " + seconds + " s."));
    }

    public void write(HttpServletResponse response, Problem problem) throws IOException {
        byte[] body = json.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
