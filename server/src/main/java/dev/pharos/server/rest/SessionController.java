// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Passwords;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.Sessions.Way;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.auth.Tenants;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.auth.Users;
import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.rest.SessionOpener.Known;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.PasswordChange;
import dev.pharos.server.rest.json.Session;
import dev.pharos.server.rest.json.SignIn;
import dev.pharos.server.rest.json.UserBody;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.Tenant;
import dev.pharos.server.store.TenantStore;
import dev.pharos.server.store.TokenStore.StoredToken;
import dev.pharos.server.store.UserStore.StoredUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Signing in and out of the page.
@RestController
@RequestMapping(AuthenticationFilter.SESSION_PATH)
@Tag(name = "session")
@Needs(Right.SELF)
@Reaches(Reach.NONE)
public final class SessionController {
    private final TokenRegistry tokens;
    private final Users users;
    private final Tenants tenants;
    private final Sessions sessions;
    private final SignInGuard guard;
    private final OpenIdDoor door;
    private final Audit audit;
    private final SessionOpener opener;

    public SessionController(
            TokenRegistry tokens,
            Users users,
            Tenants tenants,
            Sessions sessions,
            SignInGuard guard,
            OpenIdDoor door,
            Audit audit) {
        this.tokens = tokens;
        this.users = users;
        this.tenants = tenants;
        this.sessions = sessions;
        this.guard = guard;
        this.door = door;
        this.audit = audit;
        this.opener = new SessionOpener(sessions, guard, audit);
    }

    @PostMapping
    @Operation(operationId = "signIn", summary = "Open a session of the page with a token, or a name and a password")
    ResponseEntity<Session> signIn(@RequestBody SignIn body, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return switch (body.checked()) {
            case SignIn.ByToken(String secret) -> byToken(secret, address, request);
            case SignIn.ByPassword(String tenant, String name, String password) ->
                tenants.active(tenant)
                        .orElse(TenantStore.NONE)
                        .within(() -> opener.open(byPassword(name, password, address), address, request));
        };
    }

    private ResponseEntity<Session> byToken(String secret, String address, HttpServletRequest request) {
        opener.mayTry(address);
        return switch (tokens.find(secret)) {
            case TokenRegistry.Valid(StoredToken token)
            when !tenants.letsIn(token.tenant()) ->
                throw new ApiException(401, "Not signed in", "The tenant of this token is suspended.");
            case TokenRegistry.Valid(StoredToken token) -> {
                guard.succeeded(address);
                Known known = new Known(token.name(), TokenRegistry.access(token), Way.TOKEN, Optional.of(token.id()));
                yield token.tenant().within(() -> opener.open(known, address, request));
            }
            case TokenRegistry.Expired(Instant when) ->
                throw new ApiException(401, "Not signed in", "The token expired at " + when + ".");
            case TokenRegistry.Unknown() -> {
                guard.failed(address);
                throw new ApiException(401, "Not signed in", "The token is not known here; it may have been removed.");
            }
        };
    }

    /// People of different tenants may have one name.
    static String person(String name) {
        return "user " + Tenant.current().orElse(Tenant.MAIN).number() + " " + name;
    }

    /// Counted by name too: who guesses the password of one person may do so from many addresses.
    private Known byPassword(String name, String password, String address) {
        String person = person(name);
        opener.mayTry(address);
        opener.mayTry(person);
        Optional<StoredUser> user = users.signIn(name, password);
        if (user.isEmpty()) {
            guard.failed(address);
            guard.failed(person);
            recordRefusal(name, address);
            throw new ApiException(
                    401, "Not signed in", "Nobody of this name and password may sign in. Is it spelt as it should be?");
        }
        guard.succeeded(address);
        guard.succeeded(person);
        StoredUser here = user.get();
        return new Known(here.name(), Users.access(here), Way.PASSWORD, Optional.empty());
    }

    /// Of a tenant that is not there, or suspended, whoever looks after the server hears.
    private void recordRefusal(String name, String address) {
        Tenant asked = Tenant.current().orElse(Tenant.MAIN);
        Tenant told = asked.equals(TenantStore.NONE) ? Tenant.MAIN : asked;
        told.within(() -> {
            audit.record(UserBody.isName(name) ? name : "", "sign-in refused", "", address);
            return true;
        });
    }

    @GetMapping
    @Operation(operationId = "session", summary = "Who is signed in, and what they may do")
    Session current(HttpServletRequest request) {
        Sessions.Session session = opener.own(request);
        return Session.of(
                session.user(),
                session.csrf(),
                Access.current().orElseThrow(SessionOpener::none),
                session.way().isOfOwnPassword());
    }

    @DeleteMapping
    @Operation(operationId = "signOut", summary = "End the session")
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        Optional<Sessions.Session> ended = AuthenticationFilter.session(request, sessions);
        ended.ifPresent(session -> sessions.close(session.id()));
        ResponseEntity.HeadersBuilder<?> answer = ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionOpener.cookie("", request, Duration.ZERO));
        ended.filter(session -> session.way() == Way.PROVIDER)
                .flatMap(session -> users.find(session.user()))
                .flatMap(StoredUser::origin)
                .flatMap(origin -> door.byIssuer(origin.issuer()))
                .ifPresent(signIn -> answer.header(HttpHeaders.SET_COOKIE, SignInTrouble.left(signIn)));
        return answer.build();
    }

    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "changePassword", summary = "Choose another password; your other sessions end")
    void changePassword(@RequestBody PasswordChange body, HttpServletRequest request) {
        Sessions.Session session = opener.own(request);
        if (session.tokenId().isPresent()) {
            throw new ApiException(409, "No password", "You signed in with a token, which has no password.");
        }
        if (session.way() == Way.PROVIDER) {
            throw new ApiException(409, "No password", "You have no password here: it is changed where you signed in.");
        }
        String name = session.user();
        String old = body.checkedOld();
        String chosen = body.checkedChosen();
        Passwords.wrong(name, chosen).ifPresent(why -> {
            throw new BadRequestException("chosen", why);
        });
        if (old.equals(chosen)) {
            throw new BadRequestException("chosen", "must not be the one before");
        }
        String person = person(name);
        opener.mayTry(person);
        audit.record(name, "change password", "", "");
        if (!users.changePassword(name, old, chosen)) {
            guard.failed(person);
            throw new ApiException(422, "Wrong password", "The old password is not right.");
        }
        guard.succeeded(person);
        sessions.closeOf(name, session.id());
    }
}
