// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.auth.Users;
import dev.pharos.server.auth.Users.Made;
import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.openid.OpenIdSignIn;
import dev.pharos.server.passkey.Passkeys;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.User;
import dev.pharos.server.rest.json.UserBody;
import dev.pharos.server.rest.json.UserPage;
import dev.pharos.server.rest.json.UserState;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import dev.pharos.server.store.UserStore.Origin;
import dev.pharos.server.store.UserStore.StoredUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

/// People who sign in, by password, passkey or through a provider, and what they may do. See docs/people.md.
@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "administration")
@Needs(Right.PEOPLE)
public final class UserController {
    private final Users users;
    private final TokenRegistry tokens;
    private final Sessions sessions;
    private final DeviceQueries queries;
    private final Audit audit;
    private final Passkeys passkeys;
    private final OpenIdDoor door;

    public UserController(
            Users users,
            TokenRegistry tokens,
            Sessions sessions,
            DeviceQueries queries,
            Audit audit,
            Passkeys passkeys,
            OpenIdDoor door) {
        this.users = users;
        this.tokens = tokens;
        this.sessions = sessions;
        this.queries = queries;
        this.audit = audit;
        this.passkeys = passkeys;
        this.door = door;
    }

    @GetMapping
    @Operation(operationId = "listUsers", summary = "Everyone who may sign in")
    UserPage list() {
        Map<String, Integer> keys = passkeys.counts();
        return new UserPage(users.all().stream()
                .map(user -> shown(user, keys.getOrDefault(user.name(), 0)))
                .toList());
    }

    @PostMapping
    @Operation(
            operationId = "addUser",
            summary = "Let a person in; the password is shown once, here, and must be changed at the first sign-in")
    User add(@RequestBody UserBody body, Principal user) {
        String name = body.checkedName();
        Role role = body.checkedRole();
        Optional<Scope> scope = queries.checkedScope(role, body.wantedScope(), body.wantedChanges());
        if (tokens.isNamed(name)) {
            throw new ApiException(
                    409, "Name taken", "A token is called " + name + "; the audit log could not tell them apart.");
        }
        Optional<OpenIdSignIn> provider = body.wantedProvider().map(this::provider);
        audit.record(
                user,
                "add user",
                "",
                name + ", " + role.text() + Scope.words(scope)
                        + provider.map(signIn -> ", to come through " + signIn.issuer())
                                .orElse(""));
        if (provider.isPresent()) {
            Origin origin = new Origin(provider.get().issuer().toString(), body.wantedSubject());
            return shown(users.await(name, role, scope, origin, user.getName()).orElseThrow(() -> taken(name)));
        }
        Made made = users.add(name, role, scope, user.getName()).orElseThrow(() -> taken(name));
        return User.withPassword(made.user(), made.password());
    }

    private static ApiException taken(String name) {
        return new ApiException(
                409,
                "Name taken",
                "Somebody is called " + name + " or has this place at the provider, or there are as many as may be.");
    }

    private OpenIdSignIn provider(String id) {
        return door.byId(id).or(() -> door.byIssuer(id)).orElseThrow(() -> {
            String known = door.all().stream()
                    .map(signIn -> signIn.id().isEmpty() ? signIn.issuer().toString() : signIn.id())
                    .collect(Collectors.joining(", "));
            return new BadRequestException(
                    "provider",
                    known.isEmpty()
                            ? "is of no use here: nobody signs in by an OpenID provider"
                            : "must be an OpenID provider of this server: " + known);
        });
    }

    @GetMapping("/{name}")
    @Operation(operationId = "user", summary = "One person")
    User get(@PathVariable String name) {
        return shown(known(name));
    }

    private User shown(StoredUser user) {
        return shown(user, passkeys.of(user.name()).size());
    }

    private User shown(StoredUser user, int keys) {
        return User.of(user, keys, user.origin().filter(this::saysRoles).isPresent());
    }

    private StoredUser known(String name) {
        return users.find(name).orElseThrow(() -> unknown(name));
    }

    private static ApiException unknown(String name) {
        return new ApiException(404, "Unknown user", "Nobody is called " + name + ".");
    }

    @PutMapping("/{name}")
    @Operation(operationId = "changeUser", summary = "Say what a person may do, and whether they may sign in")
    User change(@PathVariable String name, @RequestBody UserState state, Principal user) {
        Role role = state.checkedRole();
        Optional<Scope> before = known(name).scope();
        Optional<Scope> scope = queries.checkedScope(role, state.wantedScope(before), state.wantedChanges(before));
        boolean disabled = state.checkedDisabled();
        requireOwn(name, role, scope);
        audit.record(
                user,
                "change user",
                "",
                name + ": " + role.text() + Scope.words(scope) + (disabled ? ", may not sign in" : ""));
        StoredUser changed = users.change(
                        name, known -> known.withRole(role.name(), scope).withDisabled(disabled))
                .orElseThrow(() -> unknown(name));
        if (disabled) {
            sessions.closeOf(name, "");
        }
        return shown(changed);
    }

    @PostMapping("/{name}/password")
    @Operation(
            operationId = "resetPassword",
            summary = "Make a new password for a person, shown once, here; their sessions and passkeys end")
    User reset(@PathVariable String name, Principal user) {
        requirePassword(name);
        audit.record(user, "reset password", "", name);
        Made made = users.reset(name).orElseThrow(() -> unknown(name));
        // whoever should be kept out by this may have added one
        passkeys.removeAll(name);
        sessions.closeOf(name, "");
        return User.withPassword(made.user(), made.password());
    }

    @DeleteMapping("/{name}/passkeys")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removePasskeys",
            summary = "Remove all passkeys of a person who lost a device; their sessions end")
    void removePasskeys(@PathVariable String name, Principal user) {
        known(name);
        audit.record(user, "remove passkeys", "", name);
        passkeys.removeAll(name);
        sessions.closeOf(name, "");
    }

    /// What somebody may do whom a provider vouches for is said there, at each sign-in.
    private void requireOwn(String name, Role role, Optional<Scope> scope) {
        StoredUser now = known(name);
        boolean same = now.role().equals(role.name()) && now.scope().equals(scope);
        now.origin().filter(_ -> !same).filter(this::saysRoles).ifPresent(origin -> {
            throw new ApiException(
                    409,
                    "Said elsewhere",
                    "What " + name + " may do follows from their groups at " + origin.issuer()
                            + ", at each sign-in; here they can be shut out and removed.");
        });
    }

    /// Whoever comes from a provider that is not asked any more is what they were there.
    private boolean saysRoles(Origin origin) {
        return door.byIssuer(origin.issuer()).map(OpenIdSignIn::saysRoles).orElse(true);
    }

    private void requirePassword(String name) {
        known(name).origin().ifPresent(origin -> {
            throw new ApiException(
                    409, "No password", name + " has no password here: they sign in through " + origin.issuer() + ".");
        });
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeUser", summary = "Let a person in no more; their sessions end")
    void remove(@PathVariable String name, Principal user) {
        known(name);
        audit.record(user, "remove user", "", name);
        users.remove(name);
        sessions.closeOf(name, "");
    }
}
