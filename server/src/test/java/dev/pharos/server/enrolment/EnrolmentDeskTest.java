// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateRequest;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.server.enrolment.EnrolmentDesk.Newcomer;
import dev.pharos.server.enrolment.EnrolmentDesk.Verdict;
import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.BootstrapStore;
import dev.pharos.server.store.BootstrapStore.Bootstrap;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.EnrolmentStore;
import dev.pharos.server.store.PostgresDeviceStore;
import dev.pharos.server.store.Tenant;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnrolmentDeskTest {
    private static final WirePlace PLACE = new WirePlace("est", "192.0.2.7:50000");
    private static final Database DATABASE = TestDatabase.database();

    private final ManualClock clock = new ManualClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final Authority authority = Authority.create("devices", KeyKind.EC, Validity.days(clock.instant(), 3650));
    private final BootstrapStore bootstraps = new BootstrapStore(DATABASE);
    private final EnrolmentStore enrolments = new EnrolmentStore(DATABASE);
    private final AuditStore audit = new AuditStore(DATABASE);
    private final Stores inMemory = InMemoryStores.create();
    private final UspController controller = new UspController(ControllerSettings.of(new Stores(
                    new PostgresDeviceStore(DATABASE), inMemory.twins(), inMemory.events(), inMemory.models()))
            .withClock(clock));
    private final EnrolmentDesk desk = new EnrolmentDesk(controller, authority, enrolments, audit, clock);

    @BeforeEach
    void begin_without_bootstraps_and_devices() {
        bootstraps.all().forEach(one -> bootstraps.remove(one.name()));
        for (String id : List.of("os::00256D-1", "os::00256D-2", "os::00256E-1")) {
            controller.forget(EndpointId.of(id));
        }
    }

    @AfterEach
    void end() {
        controller.close();
    }

    private Bootstrap bootstrap(String name, int most, boolean approves) {
        bootstraps.add(new Bootstrap(
                name,
                "os::00256D-*",
                most,
                approves,
                clock.instant().plus(Duration.ofDays(30)),
                Optional.of(Bootstraps.secret("secret")),
                Optional.empty(),
                clock.instant(),
                "test",
                0,
                Tenant.MAIN));
        return bootstraps.find(name).orElseThrow();
    }

    private static CertificateRequest request(String id) {
        return CertificateRequest.of(EndpointId.of(id), KeyKind.EC.generate());
    }

    private Verdict enrol(String by, CertificateRequest asked) {
        return desk.enrol(new Newcomer(bootstraps.find(by).orElseThrow(), Optional.empty(), PLACE), asked);
    }

    private static X509Certificate certificate(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Signed.class);
        return ((Verdict.Signed) verdict).chain().getFirst();
    }

    private static void refused(Verdict verdict, String reason) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).reason()).contains(reason);
    }

    private DeviceRecord device(String id) {
        return controller.device(EndpointId.of(id)).orElseThrow();
    }

    private AuditStore.Entry lastAudited() {
        return audit.newest(AuditStore.Search.ALL, Long.MAX_VALUE, 1).getFirst().entry();
    }

    @Test
    @Requirement("R-SEC.10")
    void an_approved_device_gets_a_certificate_that_names_it_and_must_prove_itself_from_then_on() throws Exception {
        bootstrap("batch", 5, true);
        CertificateRequest asked = request("os::00256D-1");
        X509Certificate signed = certificate(enrol("batch", asked));
        signed.verify(authority.certificate().getPublicKey());
        assertThat(signed.getPublicKey()).isEqualTo(asked.key());
        assertThat(CertificateIdentity.of(signed).only()).contains(EndpointId.of("os::00256D-1"));
        assertThat(signed.getNotAfter().toInstant())
                .isEqualTo(clock.instant().plus(Duration.ofDays(Limits.CERTIFICATE_DAYS)));
        assertThat(device("os::00256D-1").approved()).isTrue();
        assertThat(device("os::00256D-1").verified()).isTrue();
        assertThat(bootstraps.find("batch").orElseThrow().enrolled()).isOne();
        assertThat(lastAudited().action()).isEqualTo("certify");
        assertThat(lastAudited().user()).isEqualTo("bootstrap batch");
        assertThat(lastAudited().device()).isEqualTo("os::00256D-1");
    }

    @Test
    void an_unknown_device_waits_in_the_inventory_until_it_is_approved() {
        bootstrap("batch", 5, false);
        CertificateRequest asked = request("os::00256D-1");
        assertThat(enrol("batch", asked)).matches(told -> told instanceof Verdict.Later later && later.news());
        assertThat(enrol("batch", asked)).matches(told -> told instanceof Verdict.Later later && !later.news());
        assertThat(device("os::00256D-1").approved()).isFalse();
        assertThat(device("os::00256D-1").statusReason()).contains("batch").contains("approval");
        assertThat(enrolments.find(EndpointId.of("os::00256D-1"))).isEmpty();
        controller.approve(EndpointId.of("os::00256D-1"), true);
        certificate(enrol("batch", asked));
    }

    @Test
    void a_device_that_is_expected_needs_no_further_approval() {
        bootstrap("batch", 5, false);
        controller.expect(EndpointId.of("os::00256D-1"), true);
        certificate(enrol("batch", request("os::00256D-1")));
    }

    @Test
    void a_bootstrap_is_good_for_its_devices_its_time_and_its_number_only() {
        bootstrap("batch", 1, true);
        refused(enrol("batch", request("os::00256E-1")), "is for os::00256D-* and not for os::00256E-1");
        assertThat(controller.device(EndpointId.of("os::00256E-1"))).isEmpty();
        certificate(enrol("batch", request("os::00256D-1")));
        refused(enrol("batch", request("os::00256D-2")), "as many devices as may have come by the bootstrap batch: 1");
        assertThat(controller.device(EndpointId.of("os::00256D-2"))).isEmpty();
        clock.advance(Duration.ofDays(30));
        refused(enrol("batch", request("os::00256D-1")), "has expired");
    }

    @Test
    void a_certificate_as_bootstrap_that_names_other_devices_gets_nothing_for_this_one() {
        Bootstrap batch = bootstrap("batch", 5, true);
        X509Certificate others = certificate(enrol("batch", request("os::00256D-2")));
        Newcomer shown = new Newcomer(batch, Optional.of(CertificateIdentity.of(others)), PLACE);
        refused(desk.enrol(shown, request("os::00256D-1")), "its certificate belongs to os::00256D-2");
    }

    @Test
    void who_lost_the_answer_gets_it_again_and_another_key_gets_nothing_without_an_operators_word() {
        bootstrap("batch", 1, true);
        EndpointId id = EndpointId.of("os::00256D-1");
        CertificateRequest first = request("os::00256D-1");
        certificate(enrol("batch", first));
        certificate(enrol("batch", first));
        assertThat(bootstraps.find("batch").orElseThrow().enrolled()).isOne();
        CertificateRequest other = request("os::00256D-1");
        refused(enrol("batch", other), "an operator must let it enrol again");
        enrolments.open(id, clock.instant().plus(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(2));
        refused(enrol("batch", other), "an operator must let it enrol again");
        enrolments.open(id, clock.instant().plus(Duration.ofHours(1)));
        certificate(enrol("batch", other));
        refused(enrol("batch", first), "an operator must let it enrol again");
    }

    @Test
    void a_device_that_proved_itself_by_something_of_others_is_not_taken_over_by_a_bootstrap() {
        bootstrap("batch", 5, true);
        EndpointId id = EndpointId.of("os::00256D-1");
        controller.expect(id, true);
        controller.provided(id);
        refused(enrol("batch", request("os::00256D-1")), "it has a credential of its own already");
        enrolments.open(id, clock.instant().plus(Duration.ofHours(1)));
        certificate(enrol("batch", request("os::00256D-1")));
    }

    @Test
    void a_device_renews_its_certificate_by_showing_it_although_its_bootstrap_is_gone() {
        bootstrap("batch", 1, true);
        CertificateRequest asked = request("os::00256D-1");
        X509Certificate first = certificate(enrol("batch", asked));
        bootstraps.remove("batch");
        clock.advance(Duration.ofDays(60));
        X509Certificate second = certificate(desk.renew(first, asked, PLACE));
        assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
        assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        certificate(desk.renew(first, asked, PLACE));
        assertThat(lastAudited().user()).isEqualTo("os::00256D-1");
    }

    @Test
    void nobody_renews_for_another_nor_when_kept_out_nor_with_a_key_that_was_replaced() {
        bootstrap("batch", 5, true);
        EndpointId id = EndpointId.of("os::00256D-1");
        CertificateRequest asked = request("os::00256D-1");
        X509Certificate first = certificate(enrol("batch", asked));
        refused(desk.renew(first, request("os::00256D-2"), PLACE), "and it asks for one of os::00256D-2");
        controller.approve(id, false);
        refused(desk.renew(first, asked, PLACE), "it has not been let in");
        controller.approve(id, true);
        enrolments.open(id, clock.instant().plus(Duration.ofHours(1)));
        certificate(enrol("batch", request("os::00256D-1")));
        refused(desk.renew(first, asked, PLACE), "has replaced the one that it shows");
    }
}
