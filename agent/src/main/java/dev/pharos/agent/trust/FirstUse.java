// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.EndpointId;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Decides whether a controller for whose certificate nobody vouches may become known by its first use of it. It may
/// take nothing that is anybody's: no Endpoint ID that has a certificate already, and none that has been given any
/// right (R-SEC.6).
final class FirstUse {
    private static final String AGENT = "Device.LocalAgent.";
    private static final String UNTRUSTED = "UntrustedRole";
    /// What the Alias of rows begins with that first uses have made.
    static final String ALIAS = "pharos-met-";

    private final CertificateStore certificates;

    FirstUse(CertificateStore certificates) {
        this.certificates = certificates;
    }

    /// Why somebody may not become known, in a sentence about it; empty where it may.
    Optional<String> objection(Snapshot snapshot, EndpointId controller, X509Certificate leaf) {
        Optional<ObjectInstance> trust = snapshot.object(AccessControl.TRUST)
                .filter(object -> object.value("TOFUAllowed").orElse("").equals("true"));
        if (trust.isEmpty()) {
            return Optional.of("no authority vouches for its certificate, and trust on first use is not allowed");
        }
        String untrusted = trust.get().value(UNTRUSTED).orElse("");
        if (untrusted.isEmpty()) {
            return Optional.of("there is no UntrustedRole, which somebody new would get");
        }
        if (!KnownCertificate.names(leaf, controller) || namesOthers(snapshot, controller, leaf)) {
            return Optional.of("its certificate does not name it, and it alone");
        }
        return row(snapshot, controller)
                .map(row -> objectionTo(row, untrusted))
                .orElseGet(() -> objectionToNew(snapshot))
                .or(() -> objectionToCertificate(snapshot, leaf));
    }

    private static boolean namesOthers(Snapshot snapshot, EndpointId controller, X509Certificate leaf) {
        return KnownCertificate.endpointIds(leaf).stream()
                .filter(id -> !id.equalsIgnoreCase(controller.toString()))
                .anyMatch(id -> !id.startsWith(KnownCertificate.HOST)
                        || rows(snapshot, "Controller").stream()
                                .anyMatch(row ->
                                        row.value("EndpointID").orElse("").equalsIgnoreCase(id)));
    }

    private static Optional<String> objectionTo(ObjectInstance row, String untrusted) {
        if (!row.value("Enable").orElse("").equals("true")) {
            return Optional.of("it is not enabled");
        }
        if (!AccessControl.items(row, "Credential").isEmpty()) {
            return Optional.of("its certificate is not the one by which it is known");
        }
        boolean trusted = !AccessControl.items(row, "InheritedRole").isEmpty()
                || AccessControl.items(row, "AssignedRole").stream().anyMatch(role -> !role.equals(untrusted));
        return trusted
                ? Optional.of("it has been given a Role, which somebody for whom nobody vouches cannot take")
                : Optional.empty();
    }

    private static Optional<String> objectionToNew(Snapshot snapshot) {
        List<ObjectInstance> rows = rows(snapshot, "Controller");
        long met = rows.stream()
                .filter(row -> row.value("Alias").orElse("").startsWith(ALIAS))
                .count();
        return met >= Limits.FIRST_USES || rows.size() >= Limits.CONTROLLERS
                ? Optional.of("too many controllers have become known already; delete rows of " + AGENT + "Controller.")
                : Optional.empty();
    }

    /// A certificate that another one would hide, or that somebody has put aside, is nobody's.
    private Optional<String> objectionToCertificate(Snapshot snapshot, X509Certificate leaf) {
        KnownCertificate shown = new KnownCertificate(leaf);
        Optional<KnownCertificate> alike = certificates.find(shown.serialNumber(), shown.issuer());
        if (alike.isEmpty()) {
            return Optional.empty();
        }
        boolean usable = alike.get().equals(shown)
                && rows(snapshot, "Certificate").stream()
                        .anyMatch(row -> shown.isIn(row)
                                && row.value("Enable").orElse("").equals("true"));
        return usable
                ? Optional.empty()
                : Optional.of(
                        "a certificate of the same issuer and serial number is known, and is another or disabled");
    }

    /// How long somebody new may say nothing; zero for as long as it likes.
    static Duration inactivity(Snapshot snapshot) {
        return Duration.ofSeconds(Long.parseLong(
                snapshot.value(AccessControl.TRUST + "TOFUInactivityTimer").orElse("0")));
    }

    static Optional<ObjectInstance> row(Snapshot snapshot, EndpointId controller) {
        return rows(snapshot, "Controller").stream()
                .filter(row -> row.value("EndpointID").orElse("").equals(controller.toString()))
                .findFirst();
    }

    static List<ObjectInstance> rows(Snapshot snapshot, String table) {
        return snapshot.object(AGENT).map(agent -> agent.rows(table)).orElse(List.of());
    }
}
