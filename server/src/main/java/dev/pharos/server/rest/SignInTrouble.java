// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.openid.OpenIdSignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/// What the page is to say when a browser comes back from the provider: it travels as a cookie that only we can have
/// written, so that no link makes the page say anything.
final class SignInTrouble {
    static final String PATH = "/api/v1/session/ways";
    private static final String TROUBLE = "pharos_signin_trouble";
    private static final String LEFT = "pharos_signed_out";

    /// In place of the id of the only provider, which has none; no provider is called so.
    private static final String ONLY = "-";

    private static final Duration SHOWN = Duration.ofMinutes(1);

    /// How long it is offered to sign out at the provider as well.
    private static final Duration OFFERED = Duration.ofMinutes(5);

    private SignInTrouble() {}

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String cookie(OpenIdSignIn signIn, String said) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(said.getBytes(StandardCharsets.UTF_8));
        return cookie(TROUBLE, signIn.seal(text), SHOWN);
    }

    static String gone() {
        return cookie(TROUBLE, "", Duration.ZERO);
    }

    static Optional<String> said(OpenIdDoor door, HttpServletRequest request) {
        return OpenIdController.cookie(request, TROUBLE)
                .flatMap(door::unseal)
                .filter(text -> text.indexOf('.') < 0)
                .map(text -> new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    }

    /// That somebody whom this provider vouched for has just signed out.
    static String left(OpenIdSignIn signIn) {
        return cookie(LEFT, signIn.id().isEmpty() ? ONLY : signIn.id(), OFFERED);
    }

    /// That nobody has, or they were offered what follows.
    static String stayed() {
        return cookie(LEFT, "", Duration.ZERO);
    }

    /// Which provider vouched for whoever has just signed out in this browser.
    static Optional<OpenIdSignIn> left(OpenIdDoor door, HttpServletRequest request) {
        return OpenIdController.cookie(request, LEFT).flatMap(id -> door.byId(id.equals(ONLY) ? "" : id));
    }

    private static String cookie(String name, String value, Duration age) {
        return ResponseCookie.from(name, value)
                .httpOnly(true)
                .sameSite("Strict")
                .path(PATH)
                .maxAge(age)
                .build()
                .toString();
    }
}
