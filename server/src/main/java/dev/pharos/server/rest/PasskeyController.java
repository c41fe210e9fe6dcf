// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.auth.Users;
import dev.pharos.server.passkey.Limits;
import dev.pharos.server.passkey.PasskeyRefusedException;
import dev.pharos.server.passkey.Passkeys;
import dev.pharos.server.rest.json.Passkey;
import dev.pharos.server.rest.json.PasskeyBody;
import dev.pharos.server.rest.json.PasskeyCreation;
import dev.pharos.server.rest.json.PasskeyName;
import dev.pharos.server.rest.json.PasskeyPage;
import dev.pharos.server.rest.json.PasskeyStart;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.PasskeyStore.StoredPasskey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The passkeys of whoever is signed in. See docs/people.md.
@RestController
@RequestMapping(PasskeyController.PATH)
@Tag(name = "session")
@Needs(Right.SELF)
@Reaches(Reach.NONE)
public final class PasskeyController {
    static final String PATH = AuthenticationFilter.SESSION_PATH + "/passkeys";

    private final Passkeys passkeys;
    private final Users users;
    private final SignInGuard guard;
    private final Audit audit;
    private final SessionOpener opener;

    public PasskeyController(Passkeys passkeys, Users users, Sessions sessions, SignInGuard guard, Audit audit) {
        this.passkeys = passkeys;
        this.users = users;
        this.guard = guard;
        this.audit = audit;
        this.opener = new SessionOpener(sessions, guard, audit);
    }

    @GetMapping
    @Operation(operationId = "listPasskeys", summary = "Your passkeys")
    PasskeyPage list(HttpServletRequest request) {
        return new PasskeyPage(
                passkeys.of(person(request).user()).stream().map(Passkey::of).toList(),
                passkeys.site().origin(),
                Limits.PASSKEYS);
    }

    /// The session of a person who has a password here: a token has no passkeys, and a provider has its own.
    private Sessions.Session person(HttpServletRequest request) {
        Sessions.Session session = opener.own(request);
        if (!session.way().isOfOwnPassword()) {
            throw new ApiException(
                    409,
                    "No passkeys",
                    "You signed in by " + session.way().text()
                            + "; passkeys stand in for a password of this server, which you have not.");
        }
        return session;
    }

    /// Whoever came with a password that somebody else made must have chosen one first.
    private Sessions.Session settled(HttpServletRequest request) {
        Sessions.Session session = person(request);
        Access.current().filter(Access::mustChange).ifPresent(access -> {
            throw new ApiException(403, "Not allowed", access.refusal(Right.SELF));
        });
        return session;
    }

    @PostMapping("/options")
    @Operation(operationId = "beginPasskey", summary = "What a browser needs to make a passkey for you")
    PasskeyCreation begin(@RequestBody PasskeyStart body, HttpServletRequest request) {
        Sessions.Session session = settled(request);
        PasskeySignInController.checkPlace(passkeys.site(), request);
        String person = SessionController.person(session.user());
        opener.mayTry(person);
        if (!users.isPassword(session.user(), body.checkedPassword())) {
            guard.failed(person);
            throw new ApiException(422, "Wrong password", "This is not your password.");
        }
        guard.succeeded(person);
        return passkeys.begin(session.user(), browser(session), request.getRemoteAddr())
                .map(creation -> PasskeyCreation.of(creation, session.user()))
                .orElseThrow(() -> new ApiException(
                        409,
                        "Too many passkeys",
                        "You have " + Limits.PASSKEYS + " passkeys, as many as may be; remove one first."));
    }

    private static String browser(Sessions.Session session) {
        return "session " + session.id();
    }

    @PostMapping
    @Operation(operationId = "addPasskey", summary = "Keep the passkey that your browser made, to sign in with it")
    Passkey add(@RequestBody PasskeyBody body, HttpServletRequest request) {
        Sessions.Session session = settled(request);
        String name = body.checkedName();
        audit.record(session.user(), "add passkey", "", name);
        try {
            return Passkey.of(passkeys.add(session.user(), browser(session), name, body.checkedAttestation()));
        } catch (PasskeyRefusedException refused) {
            audit.record(session.user(), "passkey refused", "", name + ": " + refused.reason());
            throw new ApiException(422, "Passkey not taken", refused.reason() + ".");
        }
    }

    @PutMapping("/{passkey}")
    @Operation(operationId = "renamePasskey", summary = "Call a passkey of yours something else")
    Passkey rename(@PathVariable long passkey, @RequestBody PasskeyName body, HttpServletRequest request) {
        Sessions.Session session = person(request);
        String name = body.checked();
        StoredPasskey before = own(session, passkey);
        audit.record(session.user(), "rename passkey", "", before.name() + " is " + name);
        passkeys.rename(session.user(), passkey, name);
        return Passkey.of(own(session, passkey));
    }

    private StoredPasskey own(Sessions.Session session, long passkey) {
        return passkeys.of(session.user()).stream()
                .filter(each -> each.id() == passkey)
                .findFirst()
                .orElseThrow(() -> new ApiException(404, "Unknown passkey", "You have no passkey " + passkey + "."));
    }

    @DeleteMapping("/{passkey}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removePasskey", summary = "Sign in with this passkey no more")
    void remove(@PathVariable long passkey, HttpServletRequest request) {
        Sessions.Session session = person(request);
        String name = own(session, passkey).name();
        audit.record(session.user(), "remove passkey", "", name);
        passkeys.remove(session.user(), passkey);
    }
}
