// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.auth.Users;
import dev.pharos.server.auth.Users.Arrival;
import dev.pharos.server.openid.Grant;
import dev.pharos.server.openid.OpenIdSignIn;
import dev.pharos.server.openid.OpenIdSignIn.Arrived;
import dev.pharos.server.openid.SignInRefusedException;
import dev.pharos.server.rest.json.UserBody;
import dev.pharos.server.rights.Role;
import dev.pharos.server.store.UserStore.Origin;
import dev.pharos.server.store.UserStore.StoredUser;
import java.util.Optional;

/// Finds or makes the place of somebody whom a provider vouches for. It is bound to the provider's own name for them,
/// so that nobody gets the place of another by being called like them.
public final class Newcomers {
    private static final String ASK = " Ask whoever manages people here.";

    private final Users users;
    private final TokenRegistry tokens;
    private final Sessions sessions;

    public Newcomers(Users users, TokenRegistry tokens, Sessions sessions) {
        this.users = users;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    StoredUser place(OpenIdSignIn signIn, Arrived arrived) throws SignInRefusedException {
        Origin origin = new Origin(signIn.issuer().toString(), arrived.subject());
        Optional<StoredUser> known = users.find(origin);
        if (signIn.saysRoles() && arrived.grant().isEmpty()) {
            known.ifPresent(this::takeRole);
            throw SignInRefusedException.ofPerson(
                    known.map(StoredUser::name).orElse(""),
                    "You are not let in here: none of your groups at " + signIn.label() + " has a role." + ASK,
                    quoted(arrived.name()) + " is in no group that has a role");
        }
        Optional<StoredUser> before = known.isPresent() ? known : awaited(origin, arrived);
        String name = before.map(StoredUser::name).orElse(arrived.name());
        if (before.isEmpty()) {
            requireWelcome(signIn, name);
            requireFree(signIn, name);
        }
        Grant grant = arrived.grant().or(() -> before.map(Newcomers::own)).orElseThrow();
        return switch (users.arrive(origin, name, grant.role(), grant.scope())) {
            case Arrival.Here(StoredUser user) -> user;
            case Arrival.ShutOut(StoredUser user) ->
                throw SignInRefusedException.ofPerson(
                        user.name(), "You may not sign in here now." + ASK, "shut out here");
            case Arrival.NoPlace() -> throw taken(signIn, name);
        };
    }

    /// What somebody may do where no provider says it.
    private static Grant own(StoredUser user) {
        return new Grant(Role.valueOf(user.role()), user.scope());
    }

    /// Somebody who was let in here to come from this provider, and comes the first time. By a name that
    /// the provider does not stand for nobody is taken for somebody.
    private Optional<StoredUser> awaited(Origin origin, Arrived arrived) {
        return arrived.proven() && users.bind(arrived.name(), origin) ? users.find(origin) : Optional.empty();
    }

    private static void requireWelcome(OpenIdSignIn signIn, String name) throws SignInRefusedException {
        if (!signIn.people().newcomers() || !signIn.saysRoles()) {
            throw SignInRefusedException.ofPerson(
                    "",
                    "You are not known here: nobody has let you in to come from " + signIn.label() + "." + ASK,
                    quoted(name) + " of " + signIn.issuer() + " was not let in here before");
        }
    }

    private void requireFree(OpenIdSignIn signIn, String name) throws SignInRefusedException {
        if (!UserBody.isName(name)) {
            throw SignInRefusedException.ofPerson(
                    "",
                    signIn.label() + " calls you something that nobody can be called here." + ASK,
                    quoted(name)
                            + " is no name here: 2 to 64 letters or digits, with spaces and . _ @ + - between them");
        }
        if (tokens.isNamed(name) || users.find(name).isPresent()) {
            throw taken(signIn, name);
        }
    }

    private static SignInRefusedException taken(OpenIdSignIn signIn, String name) {
        return SignInRefusedException.ofPerson(
                "",
                "Somebody else is called " + name + " here already, or there are as many people as may be." + ASK,
                quoted(name) + " of " + signIn.issuer() + " is the name of somebody else here, or there is no room");
    }

    /// Whoever has no role at the provider any more has none here, and is out.
    private void takeRole(StoredUser user) {
        users.change(user.name(), known -> known.withRole(Role.VIEWER.name(), known.scope()));
        sessions.closeOf(user.name(), "");
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
