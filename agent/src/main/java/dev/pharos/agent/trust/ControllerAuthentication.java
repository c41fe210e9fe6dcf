// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.UspException;
import dev.pharos.usp.integrity.Acquaintances;
import dev.pharos.usp.integrity.Warrant;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the certificate that a controller presented makes of it, at the begin of each connection: whether it
/// is let in, and which Role it inherits from whoever signed it, or from the broker that vouches for it (R-SEC.24 to
/// R-SEC.26). The transport has
/// checked the chain and holds the controller's key to its word; this is what TR-369 asks beyond that.
public final class ControllerAuthentication {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerAuthentication.class);

    /// Before this there was no such agent: a clock that says so has not been set since the device started
    /// (R-SEC.19).
    static final Instant PLAUSIBLE = Instant.parse("2025-01-01T00:00:00Z");

    private static final List<String> CONNECTIONS = List.of("MTP-only", "MTP-and-USP");

    private final InstantiatedDataModel model;
    private final CertificateStore certificates;
    private final FirstUse firstUse;
    private final CertificateMemory memory;
    private final Predicate<List<X509Certificate>> vouched;
    private final Predicate<X509Certificate> trustedBroker;
    private final Clock clock;

    /// @param vouched whether an authority that the transports trust vouches for certificates; always, where transports
    ///     let nobody else in
    /// @param trustedBroker whether a certificate is that of a broker which the configuration trusts
    public ControllerAuthentication(
            InstantiatedDataModel model,
            CertificateStore certificates,
            Predicate<List<X509Certificate>> vouched,
            Predicate<X509Certificate> trustedBroker,
            Clock clock) {
        this.model = model;
        this.certificates = certificates;
        this.firstUse = new FirstUse(certificates);
        this.memory = new CertificateMemory(model, certificates);
        this.vouched = vouched;
        this.trustedBroker = trustedBroker;
        this.clock = clock;
    }

    /// What a certificate at the other end of a connection stands for, where it does not name the controller itself:
    /// it may be stored as the controller's own, or be that of a broker that is trusted.
    ///
    /// @param row of the controller
    public Warrant warrant(Snapshot snapshot, ObjectInstance row, X509Certificate certificate) {
        if (isStored(snapshot, row, certificate)) {
            return Warrant.CREDENTIAL;
        }
        return broker(snapshot, certificate).isPresent() ? Warrant.TRUSTED_BROKER : Warrant.NOBODY;
    }

    boolean isStored(Snapshot snapshot, ObjectInstance row, X509Certificate certificate) {
        return stored(snapshot, row).stream()
                .anyMatch(known -> known.certificate().equals(certificate));
    }

    private List<KnownCertificate> stored(Snapshot snapshot, ObjectInstance row) {
        return AccessControl.items(row, "Credential").stream()
                .flatMap(reference -> known(snapshot, reference).stream())
                .toList();
    }

    /// The Role that a trusted broker gives: its certificate itself is there, in the data model or in the
    /// configuration,
    /// and not merely somebody's who signed it (R-SEC.4a).
    ///
    /// @return empty where it is no trusted broker; empty text where it gives no Role
    Optional<String> broker(Snapshot snapshot, X509Certificate certificate) {
        return credentials(snapshot, "MTP-and-broker")
                .filter(row -> known(snapshot, row.value("Credential").orElse(""))
                        .filter(known -> known.certificate().equals(certificate))
                        .isPresent())
                .findFirst()
                .map(row -> row.value("Role").orElse(""))
                .or(() -> trustedBroker.test(certificate) ? Optional.of("") : Optional.empty());
    }

    private static Stream<ObjectInstance> credentials(Snapshot snapshot, String use) {
        return snapshot.object(AccessControl.TRUST).map(trust -> trust.rows("Credential")).orElse(List.of()).stream()
                .filter(row -> row.value("Enable").orElse("").equals("true"))
                .filter(row -> row.value("AllowedUses").orElse("").equals(use));
    }

    /// Whether an authority vouches for certificates that management has named for connections: by an enabled row of
    /// `ControllerTrust.Credential.` with `AllowedUses` `MTP-only` or `MTP-and-USP`.
    ///
    /// @param chain the peer's own certificate first
    boolean isNamed(Snapshot snapshot, List<X509Certificate> chain) {
        List<X509Certificate> named = CONNECTIONS.stream()
                .flatMap(use -> credentials(snapshot, use))
                .flatMap(row -> known(snapshot, row.value("Credential").orElse("")).stream())
                .map(KnownCertificate::certificate)
                .toList();
        return !named.isEmpty() && new NamedAuthorities(named).vouchFor(chain, date(chain));
    }

    /// Ours, or where our clock cannot be right one at which all of them may have been valid (R-SEC.19).
    private Instant date(List<X509Certificate> chain) {
        Instant now = clock.instant();
        return now.isBefore(PLAUSIBLE)
                ? chain.stream()
                        .map(each -> each.getNotBefore().toInstant())
                        .max(Instant::compareTo)
                        .orElse(now)
                : now;
    }

    /// Decides on a controller, and writes its InheritedRole, and the UntrustedRole where it has none at all.
    ///
    /// @param row its row
    /// @param chain its own certificate first, or that of the trusted broker that it comes through; empty where the
    ///     transport shows none: nothing is inherited then
    public Admission admits(EndpointId controller, ObjectInstance row, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            assign(row.path(), "");
            return Admission.KNOWN;
        }
        if (!inTime(chain)) {
            LOG.info("{} presents a certificate outside of its time", controller);
            return Admission.REFUSED;
        }
        Snapshot snapshot = model.snapshot();
        X509Certificate leaf = chain.getFirst();
        boolean own = isStored(snapshot, row, leaf);
        boolean named = KnownCertificate.names(leaf, controller);
        Optional<String> broker = own || named ? Optional.empty() : broker(snapshot, leaf);
        if (broker.isPresent()) {
            assign(row.path(), broker.get());
            return Admission.KNOWN;
        }
        Optional<ObjectInstance> credential = credential(snapshot, chain);
        if (!own && credential.isEmpty()) {
            if (!stored(snapshot, row).isEmpty()) {
                LOG.info("{} presents another certificate than the one that is known to be its own", controller);
                return Admission.REFUSED;
            }
            if (!vouched.test(chain) && !isNamed(snapshot, chain)) {
                return firstUse(controller, row, leaf);
            }
        }
        // Who merely holds a signed certificate is not this controller yet (R-SEC.4).
        assign(
                row.path(),
                own || named ? credential.flatMap(found -> found.value("Role")).orElse("") : "");
        if (!own && named && credential.isPresent()) {
            keep(controller, row, leaf);
        }
        return Admission.KNOWN;
    }

    private Admission firstUse(EndpointId controller, ObjectInstance row, X509Certificate leaf) {
        Optional<String> objection = firstUse.objection(model.snapshot(), controller, leaf);
        if (objection.isPresent()) {
            LOG.info("{} is not let in: {}", controller, objection.get());
            return Admission.REFUSED;
        }
        try {
            memory.learn(row.path(), leaf);
            assign(row.path(), "");
        } catch (UspException notStored) {
            LOG.warn("{} is not let in, since it cannot be remembered: {}", controller, notStored.getMessage());
            return Admission.REFUSED;
        }
        LOG.info("{} is known from now on by its certificate, and untrusted (R-SEC.6)", controller);
        return Admission.FIRST_USE;
    }

    /// A new certificate, for which an authority vouches that may, is the controller's own from now on.
    private void keep(EndpointId controller, ObjectInstance row, X509Certificate leaf) {
        try {
            memory.renew(row.path(), leaf);
        } catch (UspException notStored) {
            LOG.info("the certificate of {} is not remembered: {}", controller, notStored.getMessage());
        }
    }

    /// Makes a controller known that has dialled us and has no row: one for whom an authority vouches that may, or one
    /// that is let in by its first use.
    ///
    /// @param chain its own certificate first
    /// @return whether it has a row now; [#admits] decides on it as on any other
    public boolean meets(EndpointId controller, List<X509Certificate> chain) {
        if (chain.isEmpty() || !inTime(chain)) {
            return false;
        }
        Snapshot snapshot = model.snapshot();
        X509Certificate leaf = chain.getFirst();
        boolean vouchedFor = KnownCertificate.names(leaf, controller)
                && credential(snapshot, chain).isPresent()
                && FirstUse.rows(snapshot, "Controller").size() < Limits.CONTROLLERS;
        Optional<String> objection = vouchedFor ? Optional.empty() : firstUse.objection(snapshot, controller, leaf);
        if (objection.isPresent()) {
            LOG.info("{} is not let in: {}", controller, objection.get());
            return false;
        }
        try {
            memory.meet(controller);
            return true;
        } catch (UspException notStored) {
            LOG.warn("{} is not let in, since it cannot be remembered: {}", controller, notStored.getMessage());
            return false;
        }
    }

    /// A controller is none any more, and neither is what was stored for it by itself.
    ///
    /// @param before when it was one
    public void forget(Snapshot before, ObjectInstance row) {
        try {
            memory.forget(before, row);
        } catch (UspException notStored) {
            LOG.warn("certificates of {} stay: {}", row.value("EndpointID").orElse(""), notStored.getMessage());
        }
    }

    /// Judges certificates in the handshakes of the transports.
    public Acquaintances handshakes() {
        return new HandshakeJudge(model, this, firstUse);
    }

    /// How long somebody new may say nothing; zero for as long as it likes.
    public Duration firstUseInactivity() {
        return FirstUse.inactivity(model.snapshot());
    }

    /// Dates count where ours can be right (R-SEC.19, R-SEC.20).
    private boolean inTime(List<X509Certificate> chain) {
        Instant now = clock.instant();
        if (now.isBefore(PLAUSIBLE)) {
            return true;
        }
        try {
            for (X509Certificate certificate : chain) {
                certificate.checkValidity(Date.from(now));
            }
            return true;
        } catch (CertificateException outside) {
            return false;
        }
    }

    /// The Credential of the first authority along the chain that is trusted to authorise controllers, and of
    /// no other (R-SEC.25).
    private Optional<ObjectInstance> credential(Snapshot snapshot, List<X509Certificate> chain) {
        List<ObjectInstance> rows = credentials(snapshot, "MTP-and-USP").toList();
        for (X509Certificate certificate : rows.isEmpty() ? chain : KnownCertificate.signedPart(chain)) {
            for (ObjectInstance row : rows) {
                if (known(snapshot, row.value("Credential").orElse(""))
                        .filter(known -> known.vouchesFor(certificate))
                        .isPresent()) {
                    return Optional.of(row);
                }
            }
        }
        return Optional.empty();
    }

    /// The certificate of an enabled row of the table.
    private Optional<KnownCertificate> known(Snapshot snapshot, String reference) {
        return snapshot.object(reference + ".")
                .filter(row -> row.value("Enable").orElse("").equals("true"))
                .flatMap(row -> certificates.find(
                        row.value("SerialNumber").orElse(""),
                        row.value("Issuer").orElse("")));
    }

    private void assign(String row, String inherited) {
        Snapshot now = model.snapshot();
        boolean roleless = inherited.isEmpty()
                && now.value(row + "AssignedRole").orElse("").isEmpty()
                && !now.value(AccessControl.TRUST + "UntrustedRole").orElse("").isEmpty();
        if (!roleless && now.value(row + "InheritedRole").orElse("").equals(inherited)) {
            return;
        }
        model.write(Origin.DEVICE, transaction -> {
            transaction.set(row + "InheritedRole", inherited);
            if (roleless) {
                transaction.set(
                        row + "AssignedRole",
                        transaction
                                .snapshot()
                                .value(AccessControl.TRUST + "UntrustedRole")
                                .orElse(""));
            }
            return row;
        });
    }
}
