// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import dev.pharos.server.store.Tenant;
import dev.pharos.server.store.UserStore;
import dev.pharos.server.store.UserStore.Origin;
import dev.pharos.server.store.UserStore.StoredUser;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// The people who may sign in, of the tenant for whom the thread works. What they may do is looked up for each request,
/// and
/// remembered for seconds only: other servers over the same database may change it.
public final class Users {
    private final UserStore store;
    private final Passwords passwords;
    private final Clock clock;
    private final ConcurrentHashMap<Person, Remembered> remembered = new ConcurrentHashMap<>();

    public Users(UserStore store, Clock clock) {
        this.store = store;
        this.passwords = new Passwords();
        this.clock = clock;
    }

    private record Person(Tenant tenant, String name) {
        static Person called(String name) {
            return new Person(owner(), name);
        }
    }

    private record Remembered(Optional<Access> access, Instant until) {}

    /// Somebody with a password that was just made; it is known only here and now.
    public record Made(StoredUser user, String password) {
        @Override
        public String toString() {
            return "Made[" + user.name() + "]";
        }
    }

    public List<StoredUser> all() {
        return store.all();
    }

    public Optional<StoredUser> find(String name) {
        return store.find(name);
    }

    /// @return empty where the name is taken, or there are as many people as there may be
    public Optional<Made> add(String name, Role role, Optional<Scope> scope, String by) {
        String password = Passwords.oneTime();
        StoredUser user = new StoredUser(
                name,
                role.name(),
                scope,
                passwords.hash(password),
                true,
                false,
                clock.instant(),
                by,
                Optional.empty(),
                Optional.empty());
        return store.add(user, Limits.USERS) ? Optional.of(new Made(user, password)) : Optional.empty();
    }

    /// Lets in somebody whom a provider vouches for, or is to.
    ///
    /// @return empty where the name or the place at the provider is taken, or there are as many people as
    ///     there may be
    public Optional<StoredUser> await(String name, Role role, Optional<Scope> scope, Origin origin, String by) {
        StoredUser user = of(name, role, scope, origin, by);
        return store.add(user, Limits.USERS) ? Optional.of(user) : Optional.empty();
    }

    private StoredUser of(String name, Role role, Optional<Scope> scope, Origin origin, String by) {
        return new StoredUser(
                name, role.name(), scope, "", false, false, clock.instant(), by, Optional.empty(), Optional.of(origin));
    }

    /// Somebody who was awaited by this name has come.
    ///
    /// @return whether somebody was
    public boolean bind(String name, Origin origin) {
        return store.bind(name, origin);
    }

    public Optional<StoredUser> change(String name, UnaryOperator<StoredUser> change) {
        Optional<StoredUser> changed = store.find(name).map(change).filter(store::put);
        remembered.remove(Person.called(name));
        return changed;
    }

    /// What becomes of somebody whom a provider vouches for.
    public sealed interface Arrival {
        /// They are here, with the role that they have now.
        record Here(StoredUser user) implements Arrival {}

        /// They may not sign in.
        record ShutOut(StoredUser user) implements Arrival {}

        /// Somebody else is called so, or there are as many people as there may be.
        record NoPlace() implements Arrival {}
    }

    /// Somebody comes by a provider: by what it calls them they are known again, whatever their name is there now.
    ///
    /// @param name what they are to be called where they come the first time
    public Arrival arrive(Origin origin, String name, Role role, Optional<Scope> scope) {
        if (store.find(origin).isEmpty()) {
            // whether this or another request lets them in does not matter
            store.add(of(name, role, scope, origin, origin.issuer()), Limits.USERS);
        }
        Optional<StoredUser> known = store.find(origin);
        if (known.isEmpty()) {
            return new Arrival.NoPlace();
        }
        if (known.get().disabled()) {
            return new Arrival.ShutOut(known.get());
        }
        Optional<StoredUser> here = change(known.get().name(), user -> user.withRole(role.name(), scope));
        here.ifPresent(user -> store.seen(user.name(), clock.instant()));
        return here.<Arrival>map(Arrival.Here::new).orElseGet(Arrival.NoPlace::new);
    }

    /// Whom a provider vouches for, if they have been here.
    public Optional<StoredUser> find(Origin origin) {
        return store.find(origin);
    }

    /// A new password that its owner must change.
    public Optional<Made> reset(String name) {
        String password = Passwords.oneTime();
        String hash = passwords.hash(password);
        return change(name, user -> user.withPassword(hash, true)).map(user -> new Made(user, password));
    }

    /// @return whether there was somebody of this name
    public boolean remove(String name) {
        boolean removed = store.remove(name);
        remembered.remove(Person.called(name));
        return removed;
    }

    /// Who shows this password. That it is wrong, that nobody is called so, and that somebody may not sign in now takes
    /// the same time and is not told apart.
    public Optional<StoredUser> signIn(String name, String password) {
        Optional<StoredUser> known = store.find(name);
        boolean right = passwords.isRight(password, ownPassword(known));
        Optional<StoredUser> user = known.filter(_ -> right).filter(each -> !each.disabled());
        user.ifPresent(each -> store.seen(each.name(), clock.instant()));
        return user;
    }

    /// Whom a provider vouches for has none here.
    private static Optional<String> ownPassword(Optional<StoredUser> known) {
        return known.filter(user -> user.origin().isEmpty()).map(StoredUser::password);
    }

    /// Who has shown in another way that they are this person; empty where they may not sign in now.
    public Optional<StoredUser> letIn(String name) {
        Optional<StoredUser> user = store.find(name).filter(each -> !each.disabled());
        user.ifPresent(each -> store.seen(name, clock.instant()));
        return user;
    }

    /// Whether this is the password of this person.
    public boolean isPassword(String name, String password) {
        return passwords.isRight(password, ownPassword(store.find(name)));
    }

    /// @return whether the old one was right
    public boolean changePassword(String name, String old, String chosen) {
        if (!isPassword(name, old)) {
            return false;
        }
        String hash = passwords.hash(chosen);
        return change(name, user -> user.withPassword(hash, false)).isPresent();
    }

    /// What somebody may do now; empty where nobody is called so any more, or may not sign in.
    public Optional<Access> access(String name) {
        Instant now = clock.instant();
        return remembered
                .compute(
                        Person.called(name),
                        (_, known) -> known != null && known.until().isAfter(now) ? known : look(name, now))
                .access();
    }

    /// What somebody may do who is let in.
    public static Access access(StoredUser user) {
        return new Access(Role.valueOf(user.role()), user.mustChange(), user.scope(), owner().equals(Tenant.MAIN));
    }

    private static Tenant owner() {
        return Tenant.current().orElse(Tenant.MAIN);
    }

    private Remembered look(String name, Instant now) {
        Optional<Access> access =
                store.find(name).filter(user -> !user.disabled()).map(Users::access);
        return new Remembered(access, now.plus(Limits.ACCESS_REMEMBERED));
    }
}
