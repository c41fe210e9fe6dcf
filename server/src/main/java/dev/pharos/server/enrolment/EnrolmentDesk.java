// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.CertificateRequest;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.BootstrapStore.Bootstrap;
import dev.pharos.server.store.EnrolmentStore;
import dev.pharos.server.store.EnrolmentStore.Enrolment;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Decides which device gets a certificate, and signs it. A bootstrap gives a device nothing but that; and a device
/// that has a credential of its own gets another one by it only on an operator's word, or for the very key that was
/// certified before, since a device may lose the answer. Thread-safe; waits for the database.
public final class EnrolmentDesk {
    /// To whoever comes by a bootstrap for a device that needs none any more.
    static final String HAS_ITS_OWN = "it has a credential of its own already; an operator must let it enrol again";

    private final UspController controller;
    private final Authority authority;
    private final EnrolmentStore enrolments;
    private final AuditStore audit;
    private final Clock clock;
    private final ReentrantLock[] stripes = new ReentrantLock[Limits.STRIPES];

    public EnrolmentDesk(
            UspController controller, Authority authority, EnrolmentStore enrolments, AuditStore audit, Clock clock) {
        this.controller = controller;
        this.authority = authority;
        this.enrolments = enrolments;
        this.audit = audit;
        this.clock = clock;
        Arrays.setAll(stripes, _ -> new ReentrantLock());
    }

    /// What becomes of a request.
    sealed interface Verdict {
        /// @param chain the device's certificate, then that of the authority
        record Signed(List<X509Certificate> chain) implements Verdict {}

        /// @param news whether it is the first time that the device is told so
        record Later(Duration after, String reason, boolean news) implements Verdict {}

        record Refused(String reason) implements Verdict {}
    }

    /// By what a device comes the first time.
    ///
    /// @param identity whom its certificate names, of nobody where it showed none
    record Newcomer(Bootstrap bootstrap, Optional<CertificateIdentity> identity, WirePlace place) {}

    X509Certificate authority() {
        return authority.certificate();
    }

    /// For a device that comes by a bootstrap.
    Verdict enrol(Newcomer newcomer, CertificateRequest asked) {
        EndpointId id = asked.endpoint();
        Optional<String> objection = objection(newcomer, id);
        return objection.isPresent()
                ? new Verdict.Refused(objection.get())
                : oneByOne(id, () -> admitted(newcomer, asked));
    }

    private Optional<String> objection(Newcomer newcomer, EndpointId id) {
        return Bootstraps.objection(newcomer.bootstrap(), id, clock.instant())
                .or(() -> Bootstraps.another(enrolments, newcomer.bootstrap(), id))
                .or(() -> contradiction(newcomer, id));
    }

    private static Optional<String> contradiction(Newcomer newcomer, EndpointId id) {
        return newcomer.identity()
                .filter(identity -> identity.contradicts(id))
                .map(identity -> "its certificate belongs to " + identity + ", and it asks for one of " + id);
    }

    private Verdict admitted(Newcomer newcomer, CertificateRequest asked) {
        EndpointId id = asked.endpoint();
        Bootstrap by = newcomer.bootstrap();
        Optional<DeviceRecord> known = controller.device(id);
        Optional<Enrolment> before = known.flatMap(_ -> enrolments.find(id));
        boolean again = before.filter(last -> last.key().equals(hash(asked))).isPresent();
        boolean opened = known.flatMap(_ -> enrolments.openUntil(id))
                .filter(clock.instant()::isBefore)
                .isPresent();
        if (!again
                && !opened
                && (before.isPresent() || known.filter(DeviceRecord::verified).isPresent())) {
            return new Verdict.Refused(HAS_ITS_OWN);
        }
        boolean counted =
                before.filter(last -> last.bootstrap().equals(by.name())).isPresent();
        if (!counted && by.enrolled() >= by.most()) {
            return new Verdict.Refused(full(by));
        }
        DeviceRecord device = known.orElseGet(() -> by.tenant().within(() -> controller.expect(id, by.approves())));
        if (!device.approved()) {
            String reason = "it came with the bootstrap " + by.name() + " and waits for an operator's approval";
            boolean news = !device.statusReason().equals(reason);
            controller.awaited(id, newcomer.place(), reason);
            return new Verdict.Later(Limits.APPROVAL_ASKED, reason, news);
        }
        return sign(asked, new Grounds(by.name(), by.most(), "bootstrap " + by.name()), newcomer.place());
    }

    static String full(Bootstrap by) {
        return "as many devices as may have come by the bootstrap " + by.name() + ": " + by.most();
    }

    /// Why a certificate is signed.
    private record Grounds(String bootstrap, int most, String user) {}

    /// For a device that shows the certificate that it has.
    Verdict renew(X509Certificate shown, CertificateRequest asked, WirePlace place) {
        EndpointId id = asked.endpoint();
        CertificateIdentity identity = CertificateIdentity.of(shown);
        if (!identity.only().equals(Optional.of(id))) {
            return new Verdict.Refused("its certificate belongs to " + identity + ", and it asks for one of " + id);
        }
        return oneByOne(id, () -> renewed(shown, asked, place));
    }

    private Verdict renewed(X509Certificate shown, CertificateRequest asked, WirePlace place) {
        EndpointId id = asked.endpoint();
        if (controller.device(id).filter(DeviceRecord::approved).isEmpty()) {
            return new Verdict.Refused("it has not been let in");
        }
        Optional<Enrolment> last = enrolments.find(id);
        boolean replaced = last.filter(one -> !one.serial().equals(serial(shown))
                        && !one.key().equals(hash(shown.getPublicKey().getEncoded())))
                .isPresent();
        if (replaced) {
            return new Verdict.Refused("another certificate of " + id + " has replaced the one that it shows");
        }
        String bootstrap = last.map(Enrolment::bootstrap).orElse("");
        return sign(asked, new Grounds(bootstrap, Integer.MAX_VALUE, id.toString()), place);
    }

    private Verdict sign(CertificateRequest asked, Grounds grounds, WirePlace place) {
        EndpointId id = asked.endpoint();
        Instant now = clock.instant();
        X509Certificate signed = authority.certify(
                asked.key(),
                new CertificateOrder(
                        "device " + id,
                        List.of(SubjectName.of(id)),
                        Set.of(Use.SERVER, Use.CLIENT),
                        Validity.days(now, Limits.CERTIFICATE_DAYS)));
        Instant until = signed.getNotAfter().toInstant();
        audit.add(new AuditStore.Entry(
                now, grounds.user(), "certify", id.toString(), "serial " + serial(signed) + " until " + until));
        Enrolment made = new Enrolment(grounds.bootstrap(), hash(asked), serial(signed), until, now);
        if (!enrolments.put(id, made, grounds.most())) {
            return new Verdict.Refused("its bootstrap has no place left for it, or it was removed meanwhile");
        }
        controller.provided(id);
        controller.awaited(id, place, "it has got its certificate, and has not come with it yet");
        return new Verdict.Signed(List.of(signed, authority.certificate()));
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    private static Bytes hash(CertificateRequest asked) {
        return hash(asked.key().getEncoded());
    }

    private static Bytes hash(byte[] key) {
        try {
            return Bytes.adopt(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /// Something done for a device while nothing else is done for it.
    private interface Step {
        Verdict take();
    }

    private Verdict oneByOne(EndpointId id, Step step) {
        ReentrantLock stripe = stripes[Math.floorMod(id.hashCode(), stripes.length)];
        stripe.lock();
        try {
            return step.take();
        } finally {
            stripe.unlock();
        }
    }
}
