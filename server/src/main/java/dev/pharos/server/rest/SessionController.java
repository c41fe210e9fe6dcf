// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.rest.json.Session;
import dev.pharos.server.rest.json.SignIn;
import dev.pharos.server.store.TokenStore.StoredToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Signing in and out of the page.
@RestController
@RequestMapping(AuthenticationFilter.SESSION_PATH)
@Tag(name = "session")
public final class SessionController {
    private final TokenRegistry tokens;
    private final Sessions sessions;
    private final SignInGuard guard;
    private final Audit audit;

    public SessionController(TokenRegistry tokens, Sessions sessions, SignInGuard guard, Audit audit) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.guard = guard;
        this.audit = audit;
    }

    @PostMapping
    @Operation(operationId = "signIn", summary = "Open a session of the page with a token")
    ResponseEntity<Session> signIn(@RequestBody SignIn body, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        Optional<Duration> wait = guard.wait(address);
        if (wait.isPresent()) {
            throw new ApiException(
                    429,
                    "Too many failed sign-ins",
                    "This address failed to sign in too often; it may try again in "
                            + Math.max(1, wait.get().toSeconds()) + " s.");
        }
        Optional<StoredToken> token = tokens.find(body.checkedToken().strip());
        if (token.isEmpty()) {
            guard.failed(address);
            throw new ApiException(401, "Not signed in", "The token is not known here; it may have been removed.");
        }
        guard.succeeded(address);
        audit.record(token.get().name(), "sign in", "", address);
        AuthenticationFilter.session(request, sessions).ifPresent(old -> sessions.close(old.id()));
        Sessions.Session session = sessions.open(token.get().name(), token.get().id());
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie(session.id(), request, Duration.ofSeconds(-1)))
                .body(new Session(session.user(), session.csrf()));
    }

    @GetMapping
    @Operation(operationId = "session", summary = "Who is signed in")
    Session current(HttpServletRequest request) {
        return AuthenticationFilter.session(request, sessions)
                .map(session -> new Session(session.user(), session.csrf()))
                .orElseThrow(
                        () -> new ApiException(401, "Not signed in", "There is no session; sign in with a token."));
    }

    @DeleteMapping
    @Operation(operationId = "signOut", summary = "End the session")
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        AuthenticationFilter.session(request, sessions).ifPresent(session -> sessions.close(session.id()));
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie("", request, Duration.ZERO))
                .build();
    }

    private static String cookie(String value, HttpServletRequest request, Duration age) {
        return ResponseCookie.from(AuthenticationFilter.SESSION_COOKIE, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .path("/")
                .maxAge(age)
                .build()
                .toString();
    }
}
