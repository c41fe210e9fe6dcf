// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Warrant;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
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

    private final InstantiatedDataModel model;
    private final CertificateStore certificates;
    private final Clock clock;

    public ControllerAuthentication(InstantiatedDataModel model, CertificateStore certificates, Clock clock) {
        this.model = model;
        this.certificates = certificates;
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

    private boolean isStored(Snapshot snapshot, ObjectInstance row, X509Certificate certificate) {
        return stored(snapshot, row).stream()
                .anyMatch(known -> known.certificate().equals(certificate));
    }

    private List<KnownCertificate> stored(Snapshot snapshot, ObjectInstance row) {
        return AccessControl.items(row, "Credential").stream()
                .flatMap(reference -> known(snapshot, reference).stream())
                .toList();
    }

    /// The Credential of a trusted broker: its certificate itself is there, not merely somebody's who signed it
    /// (R-SEC.4a).
    private Optional<ObjectInstance> broker(Snapshot snapshot, X509Certificate certificate) {
        return credentials(snapshot, "MTP-and-broker")
                .filter(row -> known(snapshot, row.value("Credential").orElse(""))
                        .filter(known -> known.certificate().equals(certificate))
                        .isPresent())
                .findFirst();
    }

    private static Stream<ObjectInstance> credentials(Snapshot snapshot, String use) {
        return snapshot.object(AccessControl.TRUST).map(trust -> trust.rows("Credential")).orElse(List.of()).stream()
                .filter(row -> row.value("Enable").orElse("").equals("true"))
                .filter(row -> row.value("AllowedUses").orElse("").equals(use));
    }

    /// Decides on a controller, and writes its InheritedRole, and the UntrustedRole where it has none at all.
    ///
    /// @param row its row
    /// @param chain its own certificate first, or that of the trusted broker that it comes through; empty where the
    ///     transport shows none: nothing is inherited then
    /// @return whether it is let in
    public boolean admits(EndpointId controller, ObjectInstance row, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            assign(row.path(), "");
            return true;
        }
        if (!inTime(chain)) {
            LOG.info("{} presents a certificate outside of its time", controller);
            return false;
        }
        Snapshot snapshot = model.snapshot();
        X509Certificate leaf = chain.getFirst();
        boolean own = isStored(snapshot, row, leaf);
        boolean named = KnownCertificate.names(leaf, controller);
        Optional<ObjectInstance> broker = own || named ? Optional.empty() : broker(snapshot, leaf);
        if (broker.isPresent()) {
            assign(row.path(), broker.get().value("Role").orElse(""));
            return true;
        }
        Optional<ObjectInstance> credential = credential(snapshot, chain);
        if (!own && credential.isEmpty() && !stored(snapshot, row).isEmpty()) {
            LOG.info("{} presents another certificate than the one that is known to be its own", controller);
            return false;
        }
        // Who merely holds a signed certificate is not this controller yet (R-SEC.4).
        assign(
                row.path(),
                own || named ? credential.flatMap(found -> found.value("Role")).orElse("") : "");
        return true;
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
        for (X509Certificate certificate : chain) {
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
