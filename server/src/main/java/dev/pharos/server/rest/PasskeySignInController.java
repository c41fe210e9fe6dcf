// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Secret;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.Sessions.Way;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.auth.Tenants;
import dev.pharos.server.auth.Users;
import dev.pharos.server.passkey.Assertion;
import dev.pharos.server.passkey.Limits;
import dev.pharos.server.passkey.PasskeyRefusedException;
import dev.pharos.server.passkey.PasskeySite;
import dev.pharos.server.passkey.Passkeys;
import dev.pharos.server.rest.SessionOpener.Known;
import dev.pharos.server.rest.json.PasskeyAnswer;
import dev.pharos.server.rest.json.PasskeyQuestion;
import dev.pharos.server.rest.json.Session;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.PasskeyStore.StoredPasskey;
import dev.pharos.server.store.Tenant;
import dev.pharos.server.store.UserStore.StoredUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.WebUtils;

/// Signing in to the page with a passkey, without a name or a password being typed.
@RestController
@RequestMapping(AuthenticationFilter.PASSKEY_PATH)
@Tag(name = "session")
@Needs(Right.SELF)
@Reaches(Reach.NONE)
public final class PasskeySignInController {
    private static final String COOKIE = "pharos_passkey";
    private static final int COOKIE_BYTES = 32;

    private final Passkeys passkeys;
    private final Users users;
    private final Tenants tenants;
    private final SignInGuard guard;
    private final Audit audit;
    private final SessionOpener opener;

    public PasskeySignInController(
            Passkeys passkeys, Users users, Tenants tenants, Sessions sessions, SignInGuard guard, Audit audit) {
        this.passkeys = passkeys;
        this.users = users;
        this.tenants = tenants;
        this.guard = guard;
        this.audit = audit;
        this.opener = new SessionOpener(sessions, guard, audit);
    }

    /// A browser says where its page is; what it would say of passkeys there is no help.
    static void checkPlace(PasskeySite site, HttpServletRequest request) {
        Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN))
                .flatMap(site::refusal)
                .ifPresent(why -> {
                    throw new ApiException(409, "No passkeys here", why);
                });
    }

    @PostMapping("/question")
    @Operation(operationId = "askForPasskey", summary = "What a browser needs to ask for a passkey")
    ResponseEntity<PasskeyQuestion> ask(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        opener.mayTry(address);
        PasskeySite site = passkeys.site();
        checkPlace(site, request);
        String browser = Secret.random(COOKIE_BYTES);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.SET_COOKIE,
                        ResponseCookie.from(COOKIE, browser)
                                .httpOnly(true)
                                .secure(request.isSecure())
                                .sameSite("Strict")
                                .path(AuthenticationFilter.PASSKEY_PATH)
                                .maxAge(Limits.CHALLENGE_LIFE)
                                .build()
                                .toString())
                .body(PasskeyQuestion.of(passkeys.ask(browser, address), site.rpId()));
    }

    @PostMapping
    @Operation(operationId = "signInByPasskey", summary = "Open a session of the page with a passkey")
    ResponseEntity<Session> signIn(@RequestBody PasskeyAnswer body, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        opener.mayTry(address);
        Assertion shown = body.checked();
        Tenant tenant = passkeys.tenantOf(shown).filter(tenants::letsIn).orElse(Tenant.MAIN);
        return tenant.within(() -> signIn(shown, address, request));
    }

    private ResponseEntity<Session> signIn(Assertion shown, String address, HttpServletRequest request) {
        @Nullable Cookie browser = WebUtils.getCookie(request, COOKIE);
        try {
            StoredPasskey key = passkeys.signIn(browser == null ? "" : browser.getValue(), shown);
            Optional<StoredUser> user = users.letIn(key.owner());
            if (user.isEmpty()) {
                throw refused(key.owner(), "Its owner may not sign in now", address);
            }
            guard.succeeded(address);
            return opener.open(
                    new Known(key.owner(), Users.access(user.get()), Way.PASSKEY, Optional.empty()),
                    address + ", by the passkey " + key.name(),
                    request);
        } catch (PasskeyRefusedException refused) {
            throw refused(refused.person(), refused.reason(), address);
        }
    }

    private ApiException refused(String person, String reason, String address) {
        guard.failed(address);
        audit.record(person, "sign-in refused", "", address + ": " + reason);
        return new ApiException(401, "Not signed in", reason + ".");
    }
}
