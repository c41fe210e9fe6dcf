// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.Sessions.Way;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.rest.json.Session;
import dev.pharos.server.rights.Access;
import dev.pharos.server.store.SavedViewStore;
import dev.pharos.server.store.SavedViewStore.Owner;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;

/// Opens a session of the page for whoever has shown who they are, in whatever way.
final class SessionOpener {
    private final Sessions sessions;
    private final SignInGuard guard;
    private final Audit audit;

    SessionOpener(Sessions sessions, SignInGuard guard, Audit audit) {
        this.sessions = sessions;
        this.guard = guard;
        this.audit = audit;
    }

    /// Who has shown themselves rightly.
    ///
    /// @param tokenId of the token that they showed; empty for a person
    record Known(String name, Access access, Way way, Optional<String> tokenId) {}

    /// In place of the one that this browser had.
    ///
    /// @param detail what the audit log says of it: from where, and by what
    ResponseEntity<Session> open(Known known, String detail, HttpServletRequest request) {
        audit.record(known.name(), "sign in", "", detail);
        AuthenticationFilter.session(request, sessions).ifPresent(old -> sessions.close(old.id()));
        Sessions.Session session = sessions.open(known.name(), known.way(), known.tokenId(), request.getRemoteAddr());
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie(session.id(), request, Duration.ofSeconds(-1)))
                .body(Session.of(
                        session.user(),
                        session.csrf(),
                        known.access(),
                        known.way().isOfOwnPassword()));
    }

    /// @param who an address, or a person
    /// @throws ApiException where they failed too often and must wait
    void mayTry(String who) {
        Optional<Duration> wait = guard.wait(who);
        if (wait.isPresent()) {
            throw new ApiException(
                            429,
                            "Too many failed sign-ins",
                            "Signing in failed too often; it may be tried again in "
                                    + Math.max(1, wait.get().toSeconds()) + " s.")
                    .after(wait.get());
        }
    }

    /// The session of who asks.
    Sessions.Session own(HttpServletRequest request) {
        return AuthenticationFilter.session(request, sessions).orElseThrow(SessionOpener::none);
    }

    /// Whose preferences they are: the person's, or the token's with which the page was opened.
    static Owner owner(HttpServletRequest request, Sessions sessions) {
        Sessions.Session session =
                AuthenticationFilter.session(request, sessions).orElseThrow(SessionOpener::none);
        return session.tokenId()
                .<Owner>map(SavedViewStore.Token::new)
                .orElseGet(() -> new SavedViewStore.Person(session.user()));
    }

    static ApiException none() {
        return new ApiException(401, "Not signed in", "There is no session; sign in first.");
    }

    /// @param age negative for as long as the browser is open
    static String cookie(String value, HttpServletRequest request, Duration age) {
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
