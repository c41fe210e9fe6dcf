// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.Sessions.Way;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.auth.Users;
import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.openid.OpenIdSignIn;
import dev.pharos.server.openid.OpenIdSignIn.Arrived;
import dev.pharos.server.openid.OpenIdSignIn.Begun;
import dev.pharos.server.openid.SignInRefusedException;
import dev.pharos.server.rest.SessionOpener.Known;
import dev.pharos.server.store.UserStore.StoredUser;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where a browser goes to sign in by OpenID Connect, and where it comes back. What went wrong is said by the page.
@RestController
@Hidden
public final class OpenIdController {
    private static final String TICKET = "pharos_openid";

    private final OpenIdDoor door;
    private final Newcomers newcomers;
    private final SessionOpener opener;
    private final SignInGuard guard;
    private final Audit audit;

    public OpenIdController(OpenIdDoor door, Newcomers newcomers, Sessions sessions, SignInGuard guard, Audit audit) {
        this.door = door;
        this.newcomers = newcomers;
        this.opener = new SessionOpener(sessions, guard, audit);
        this.guard = guard;
        this.audit = audit;
    }

    /// @param id null for the one that is the only one
    private OpenIdSignIn signIn(@Nullable String id) {
        return door.byId(id == null ? "" : id)
                .orElseThrow(() -> new ApiException(404, "Not found", "Nobody signs in here by this provider."));
    }

    /// @param back the address within the page that the person wants
    /// @param again whether the browser was sent to the host of the page already
    @GetMapping({OpenIdSignIn.PATH, OpenIdSignIn.PATH + "/{provider}"})
    ResponseEntity<Void> begin(
            @PathVariable(required = false) @Nullable String provider,
            @RequestParam(defaultValue = "/") String back,
            @RequestParam(defaultValue = "false") boolean again,
            HttpServletRequest request) {
        OpenIdSignIn signIn = signIn(provider);
        if (guard.wait(counted(request)).isPresent()) {
            return tooOften(signIn, signIn.within(back));
        }
        boolean elsewhere = !signIn.page().getAuthority().equals(request.getHeader(HttpHeaders.HOST));
        if (elsewhere && !again) {
            // the cookie must be one of the host that the provider sends the browser back to
            return to(signIn.page().resolve(signIn.path() + "?again=true&back=" + SignInTrouble.encoded(back)))
                    .build();
        }
        try {
            Begun begun = signIn.begin(back);
            return to(begun.at())
                    .header(HttpHeaders.SET_COOKIE, ticket(signIn, begun.cookie(), OpenIdSignIn.underWay()))
                    .build();
        } catch (SignInRefusedException refused) {
            return refused(signIn, refused, signIn.within(back), request);
        }
    }

    @GetMapping({OpenIdSignIn.PATH + "/callback", OpenIdSignIn.PATH + "/{provider}/callback"})
    ResponseEntity<Void> comeBack(
            @PathVariable(required = false) @Nullable String provider, HttpServletRequest request) {
        OpenIdSignIn signIn = signIn(provider);
        Optional<String> cookie = cookie(request, TICKET);
        String back = signIn.back(cookie);
        if (guard.wait(counted(request)).isPresent()) {
            return tooOften(signIn, back);
        }
        try {
            Arrived arrived = signIn.finish(parameters(request), cookie);
            StoredUser here = newcomers.place(signIn, arrived);
            guard.succeeded(counted(request));
            HttpHeaders opened = opener.open(
                            new Known(here.name(), Users.access(here), Way.PROVIDER, Optional.empty()),
                            request.getRemoteAddr() + " through " + signIn.issuer(),
                            request)
                    .getHeaders();
            return to(signIn.page().resolve(back))
                    .header(
                            HttpHeaders.SET_COOKIE,
                            opened.getOrEmpty(HttpHeaders.SET_COOKIE).toArray(String[]::new))
                    .header(HttpHeaders.SET_COOKIE, ticket(signIn, "", Duration.ZERO))
                    .build();
        } catch (SignInRefusedException refused) {
            return refused(signIn, refused, back, request);
        }
    }

    private static Map<String, List<String>> parameters(HttpServletRequest request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
        return parameters;
    }

    private ResponseEntity<Void> refused(
            OpenIdSignIn signIn, SignInRefusedException refused, String back, HttpServletRequest request) {
        guard.failed(counted(request));
        audit.record(
                refused.person(),
                "sign-in refused",
                "",
                request.getRemoteAddr() + " through " + signIn.issuer() + ": " + refused.reason());
        return trouble(signIn, refused.said(), back);
    }

    private ResponseEntity<Void> trouble(OpenIdSignIn signIn, String said, String back) {
        return to(URI.create(back))
                .header(HttpHeaders.SET_COOKIE, SignInTrouble.cookie(signIn, said))
                .header(HttpHeaders.SET_COOKIE, ticket(signIn, "", Duration.ZERO))
                .build();
    }

    /// Not written down once more: whoever fails on could fill the log.
    private ResponseEntity<Void> tooOften(OpenIdSignIn signIn, String back) {
        return trouble(signIn, "Signing in failed too often from where you are. Try again in a minute.", back);
    }

    /// Apart from those who guess passwords: a provider that is down must not keep those out.
    private static String counted(HttpServletRequest request) {
        return "openid " + request.getRemoteAddr();
    }

    /// To the end of the session at the provider, which asks whether that is meant.
    @GetMapping({OpenIdSignIn.PATH + "/out", OpenIdSignIn.PATH + "/{provider}/out"})
    ResponseEntity<Void> signOut(@PathVariable(required = false) @Nullable String provider) {
        OpenIdSignIn signIn = signIn(provider);
        return to(signIn.signOut().orElse(URI.create("/")))
                .header(HttpHeaders.SET_COOKIE, SignInTrouble.stayed())
                .build();
    }

    private static ResponseEntity.HeadersBuilder<?> to(URI there) {
        return ResponseEntity.status(302)
                .header(HttpHeaders.LOCATION, there.toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    static Optional<String> cookie(HttpServletRequest request, String name) {
        Cookie @Nullable [] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /// Lax, for the browser comes back from another site.
    private static String ticket(OpenIdSignIn signIn, String value, Duration age) {
        return ResponseCookie.from(TICKET, value)
                .httpOnly(true)
                .secure("https".equals(signIn.page().getScheme()))
                .sameSite("Lax")
                // so that a sign-in by another provider, in another window, has one of its own
                .path(signIn.path())
                .maxAge(age)
                .build()
                .toString();
    }
}
