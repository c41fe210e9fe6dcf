// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Acquaintances;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// How controllers become known to one agent for whom no authority vouches: by a certificate that is stored as theirs,
/// or, where that is allowed, by their first use of it (R-SEC.6). The program gives it to the TLS of its transports and
/// to the agent; until the agent runs, nobody is known. Thread-safe.
public final class Introductions implements Acquaintances {
    private final Predicate<List<X509Certificate>> vouched;
    private final boolean firstUse;
    private final Duration inactivity;
    private final List<X509Certificate> brokers;
    private volatile Acquaintances judge = Acquaintances.NONE;

    private Introductions(
            Predicate<List<X509Certificate>> vouched,
            boolean firstUse,
            Duration inactivity,
            List<X509Certificate> brokers) {
        this.vouched = vouched;
        this.firstUse = firstUse;
        this.inactivity = inactivity;
        this.brokers = List.copyOf(brokers);
    }

    /// By stored certificates only, until management allows more.
    ///
    /// @param vouched whether an authority that the transports trust vouches for certificates, the peer's own first
    public static Introductions byAuthority(Predicate<List<X509Certificate>> vouched) {
        return new Introductions(vouched, false, Limits.FIRST_USE_INACTIVITY, List.of());
    }

    /// By first use too, until management forbids it.
    ///
    /// @param quiet how long a connection stays on which somebody new says nothing; zero for as long as it likes
    public Introductions allowingFirstUse(Duration quiet) {
        return new Introductions(vouched, true, quiet, brokers);
    }

    /// With brokers that are trusted to say who sends through them, beside those that the data model names (R-SEC.4a).
    public Introductions trustingBrokers(List<X509Certificate> certificates) {
        return new Introductions(vouched, firstUse, inactivity, certificates);
    }

    /// Whether this is the certificate of a broker that the configuration trusts.
    public boolean isTrustedBroker(X509Certificate certificate) {
        return brokers.contains(certificate);
    }

    /// Whether an authority vouches for certificates.
    public boolean vouched(List<X509Certificate> chain) {
        return vouched.test(chain);
    }

    /// What `TOFUAllowed` is at first.
    public boolean allowsFirstUse() {
        return firstUse;
    }

    /// What `TOFUInactivityTimer` is at first.
    public Duration inactivity() {
        return inactivity;
    }

    /// From now on this is asked: the agent runs.
    public void judgedBy(Acquaintances running) {
        judge = running;
    }

    @Override
    public boolean knowsServer(Optional<EndpointId> wanted, List<X509Certificate> chain) {
        return judge.knowsServer(wanted, chain);
    }

    @Override
    public boolean knowsClient(List<X509Certificate> chain) {
        return judge.knowsClient(chain);
    }

    @Override
    public void revoked(X509Certificate certificate) {
        judge.revoked(certificate);
    }

    /// What the configuration says, to notice that it says something else than before.
    @Override
    public String toString() {
        return firstUse ? "first use, " + inactivity.toSeconds() + " s" : "authorities only";
    }
}
