// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import dev.pharos.server.store.PasskeyStore;
import dev.pharos.server.store.PasskeyStore.StoredPasskey;
import dev.pharos.server.store.Tenant;
import dev.pharos.usp.Bytes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The passkeys of all people: adding one, signing in with one, and removing them.
public final class Passkeys {
    private final PasskeyStore store;
    private final Clock clock;
    private final Challenges challenges;
    private final Ceremonies ceremonies = new Ceremonies();
    private final AtomicReference<PasskeySite> site = new AtomicReference<>();

    public Passkeys(PasskeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.challenges = new Challenges(clock);
    }

    /// From now on.
    public void servedAt(PasskeySite place) {
        site.set(place);
    }

    /// Where they may be used.
    ///
    /// @throws IllegalStateException before [#servedAt]
    public PasskeySite site() {
        PasskeySite known = site.get();
        if (known == null) {
            throw new IllegalStateException("the page has no address yet");
        }
        return known;
    }

    /// What a browser needs to have a passkey made.
    ///
    /// @param handle what the authenticator is to call the person
    /// @param there those that the person has, of which an authenticator must not make a second
    public record Creation(PasskeySite site, Bytes challenge, Bytes handle, List<StoredPasskey> there) {
        /// Of COSE (RFC 9053), the most wanted first.
        public List<Long> algorithms() {
            return Ceremonies.ALGORITHMS;
        }
    }

    /// @param browser what only the browser of this person shows
    /// @return empty where the person has as many as may be
    public Optional<Creation> begin(String person, String browser, String address) {
        List<StoredPasskey> there = store.of(person);
        if (there.size() >= Limits.PASSKEYS) {
            return Optional.empty();
        }
        Bytes handle = store.handle(person, Challenges.random(Limits.HANDLE_BYTES));
        return Optional.of(new Creation(site(), challenges.begin(browser, address), handle, there));
    }

    /// @param name what the person calls it
    public StoredPasskey add(String person, String browser, String name, Attestation shown)
            throws PasskeyRefusedException {
        Ceremonies.Made made = ceremonies.register(site(), taken(browser, person), person, shown);
        StoredPasskey key = new StoredPasskey(
                0,
                made.credential(),
                person,
                name,
                made.publicKey(),
                made.counter(),
                shown.transports(),
                clock.instant(),
                Optional.empty());
        return store.add(key, Limits.PASSKEYS)
                .orElseThrow(() -> new PasskeyRefusedException(
                        person,
                        "This passkey is known here already, or you have " + Limits.PASSKEYS + ", as many as may be"));
    }

    /// What somebody is asked to sign of whom nothing is known yet.
    ///
    /// @param browser what only this browser shows
    public Bytes ask(String browser, String address) {
        return challenges.begin(browser, address);
    }

    /// Whose people the owner of this passkey belongs to.
    public Optional<Tenant> tenantOf(Assertion shown) {
        return store.tenantOf(shown.credential());
    }

    /// Whose passkey this is; it was made for this page, and its owner was there.
    public StoredPasskey signIn(String browser, Assertion shown) throws PasskeyRefusedException {
        Bytes challenge = taken(browser, "");
        StoredPasskey key = store.find(shown.credential())
                .orElseThrow(() ->
                        new PasskeyRefusedException("", "This passkey is not known here; it may have been removed"));
        if (!store.handle(key.owner()).equals(Optional.of(shown.userHandle()))) {
            throw new PasskeyRefusedException(key.owner(), "It says to be of another person than it is");
        }
        long counter = ceremonies.authenticate(site(), challenge, key, shown);
        if (!store.used(key.id(), counter, clock.instant())) {
            throw new PasskeyRefusedException(key.owner(), "It was used or removed by somebody else at this moment");
        }
        return key;
    }

    private Bytes taken(String browser, String person) throws PasskeyRefusedException {
        return challenges
                .take(browser)
                .orElseThrow(() -> new PasskeyRefusedException(
                        person,
                        "It took longer than " + Limits.CHALLENGE_LIFE.toMinutes()
                                + " minutes, was answered once already, or began in another browser: try again"));
    }

    /// Oldest first.
    public List<StoredPasskey> of(String person) {
        return store.of(person);
    }

    /// How many each person has; who has none is left out.
    public Map<String, Integer> counts() {
        return store.counts();
    }

    /// @param name what the person calls it from now on
    /// @return whether they have this one
    public boolean rename(String person, long id, String name) {
        return store.rename(person, id, name);
    }

    public void remove(String person, long id) {
        store.remove(person, id);
    }

    public void removeAll(String person) {
        store.removeAll(person);
    }
}
