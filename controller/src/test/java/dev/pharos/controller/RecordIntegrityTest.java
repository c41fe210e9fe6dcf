// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which Records must show by themselves that nobody altered them.
class RecordIntegrityTest {
    private static final EndpointId DEVICE = EndpointId.of("os::00256D-1");
    private final Validity today =
            new Validity(Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
    private final Authority authority = Authority.create("authority", KeyKind.EC, today);
    private final SecureIdentity own = identity(ControllerSettings.DEFAULT_ID);
    private final SecureIdentity devices = identity(DEVICE);
    private static final ConnectInfo MQTT = new ConnectInfo.Mqtt(true, "usp/agent/1");
    private static final ConnectInfo WEB_SOCKET = new ConnectInfo.WebSocket();

    private SecureIdentity identity(EndpointId id) {
        Issued issued = authority.issue(
                new CertificateOrder("one", List.of(SubjectName.of(id)), Set.of(Use.CLIENT), today), KeyKind.EC);
        return new SecureIdentity(List.of(issued.certificate()), issued.key(), (peer, chain) -> Optional.empty());
    }

    private ControllerFixture fixture() throws Exception {
        return ControllerFixture.quiet(
                ControllerSettings.of(InMemoryStores.create()).withIdentity(() -> Optional.of(own)));
    }

    private static LockstepAgent connect(ControllerFixture fixture, Proof proof, boolean loopback, ConnectInfo over) {
        return fixture.transport.connect(
                DEVICE, new PeerIdentity(Optional.of(DEVICE), proof, "192.0.2.7", loopback), over);
    }

    private static UspRecord boot() {
        NotifyRequest boot = new NotifyRequest("s", true, new Notification.Event("Device.", "Boot!", Map.of()));
        return UspRecord.plain(
                ControllerSettings.DEFAULT_ID,
                DEVICE,
                new RecordType.NoSessionContext(MessageCodec.encode(new UspMessage(new MessageId("m1"), boot))));
    }

    private UspRecord signed(UspRecord record) {
        return new RecordGuard(ControllerSettings.DEFAULT_ID, () -> Optional.of(devices)).protect(record, Carrier.OPEN);
    }

    @Test
    @Requirement("R-E2E.30")
    void on_a_way_that_proves_nothing_an_unsigned_record_is_refused_and_the_operator_reads_why() throws Exception {
        for (Way way : List.of(
                new Way(Proof.NONE, false, MQTT),
                new Way(Proof.NONE, true, MQTT),
                new Way(Proof.NONE, false, WEB_SOCKET),
                new Way(Proof.CREDENTIALS, false, MQTT))) {
            try (ControllerFixture fixture = fixture()) {
                connect(fixture, way.proof(), way.loopback(), way.over()).sendRecord(boot());

                ControllerFixture.eventually(() -> fixture.sawRefused("it carries no signature"));
                ControllerFixture.eventually(() -> fixture.kinds(DEVICE).contains(EventKind.REFUSED));
            }
        }
    }

    private record Way(Proof proof, boolean loopback, ConnectInfo over) {}

    @Test
    @Requirement("R-E2E.29")
    void on_such_a_way_a_signed_record_is_taken_and_answered_with_a_signed_one() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            LockstepAgent agent = connect(fixture, Proof.NONE, false, MQTT);
            agent.sendRecord(signed(boot()));
            agent.next();
            UspRecord answer = agent.everything().getFirst();

            assertThat(new RecordGuard(ControllerSettings.DEFAULT_ID, () -> Optional.of(devices))
                            .objection(answer, Carrier.OPEN))
                    .isEmpty();
            assertThat(answer.protection().macSignature()).isNotEqualTo(Bytes.EMPTY);
        }
    }

    @Test
    @Requirement("R-E2E.29")
    void where_the_devices_certificate_or_this_host_is_at_the_other_end_no_signature_is_needed() throws Exception {
        for (Way way : List.of(
                new Way(Proof.CERTIFICATE, false, WEB_SOCKET),
                new Way(Proof.CERTIFICATE, false, MQTT),
                new Way(Proof.NONE, true, WEB_SOCKET))) {
            try (ControllerFixture fixture = fixture()) {
                LockstepAgent agent = connect(fixture, way.proof(), way.loopback(), way.over());
                agent.sendRecord(boot());

                agent.next();
                assertThat(agent.everything())
                        .allSatisfy(record ->
                                assertThat(record.protection().macSignature()).isEqualTo(Bytes.EMPTY));
            }
        }
    }

    @Test
    @Requirement("R-E2E.30")
    void a_signature_that_is_wrong_is_refused_even_there() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            UspRecord good = signed(boot());
            connect(fixture, Proof.CERTIFICATE, false, WEB_SOCKET)
                    .sendRecord(new UspRecord("1.3", good.to(), good.from(), good.protection(), good.type()));

            ControllerFixture.eventually(() -> fixture.sawRefused("its signature is wrong"));
        }
    }

    @Test
    void a_forged_goodbye_of_a_device_changes_nothing() throws Exception {
        try (ControllerFixture fixture = fixture()) {
            LockstepAgent agent = connect(fixture, Proof.NONE, false, MQTT);
            agent.sendRecord(signed(boot()));
            agent.next();
            agent.sendRecord(
                    UspRecord.plain(ControllerSettings.DEFAULT_ID, DEVICE, new RecordType.Disconnect("goodbye", 7105)));

            ControllerFixture.eventually(() -> fixture.sawRefused("it carries no signature"));
            assertThat(fixture.record(DEVICE).online()).isTrue();
        }
    }
}
