// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.policy.PeerPolicy;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.session.SessionMode;
import dev.pharos.usp.session.SessionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RecordGateTest {
    private static final EndpointId OWN = ControllerSettings.DEFAULT_ID;

    private static UspRecord record(EndpointId to, EndpointId from, Body body) {
        return UspRecord.plain(
                to,
                from,
                new RecordType.NoSessionContext(MessageCodec.encode(new UspMessage(new MessageId("m1"), body))));
    }

    private static NotifyRequest boot() {
        return new NotifyRequest("s", true, new Notification.Event("Device.", "Boot!", Map.of()));
    }

    @Test
    @Requirement("R-E2E.1")
    void a_record_for_someone_else_is_ignored_and_shown() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.sendRecord(record(EndpointId.of("self::other"), agent.id(), boot()));
            ControllerFixture.eventually(() -> fixture.sawRefused("addressed to self::other"));
            assertThat(agent.nothingFor(Duration.ofMillis(100))).isEmpty();
            assertThat(agent.isOpen()).isTrue();
        }
    }

    @Test
    void a_device_behind_a_broker_waits_for_approval_and_comes_in_with_it() throws Exception {
        try (ControllerFixture fixture = new ControllerFixture(ControllerSettings.of(InMemoryStores.create()))) {
            EndpointId id = EndpointId.of("self::home");
            PeerIdentity behind = new PeerIdentity(Optional.empty(), PeerIdentity.Proof.NONE, "usp/agent/home", false);
            LockstepAgent agent = fixture.transport
                    .connect(id, behind, new ConnectInfo.Mqtt(true, "usp/agent/home"))
                    .answering(new Home())
                    .hello();
            ControllerFixture.eventually(() -> fixture.kinds(id).contains(EventKind.REFUSED));
            assertThat(fixture.record(id).approved()).isFalse();
            assertThat(fixture.record(id).online()).isFalse();
            assertThat(fixture.record(id).statusReason()).contains("approval");
            assertThat(agent.isOpen()).isTrue();

            fixture.controller.approve(id, true);

            ControllerFixture.eventually(() -> fixture.record(id).onboarded());
            ControllerFixture.eventually(() -> fixture.record(id).online());
        }
    }

    @Test
    @Requirement("R-ARC.2")
    void a_peer_with_our_own_id_is_refused() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.transport.connect(OWN.toString()).hello();
            ControllerFixture.eventually(() -> agent.closedBecause().equals(Optional.of(CloseReason.REFUSED)));
            ControllerFixture.eventually(() -> fixture.kinds(OWN).contains(EventKind.REFUSED));
        }
    }

    @Test
    @Requirement("R-ARC.1")
    void an_id_that_differs_from_the_connections_is_refused_and_shown() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.transport.connect("self::one");
            agent.sendRecord(record(OWN, EndpointId.of("self::two"), boot()));
            ControllerFixture.eventually(() -> agent.closedBecause().equals(Optional.of(CloseReason.REFUSED)));
            ControllerFixture.eventually(() -> fixture.sawRefused("the connection is of self::one"));
            assertThat(fixture.controller.device(EndpointId.of("self::two"))).isEmpty();
        }
    }

    @Test
    @Requirement({"R-WS.16", "R-ENC.1"})
    void bytes_that_are_no_record_close_the_connection() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.sendBytes(Bytes.ofUtf8("not a record at all"));
            ControllerFixture.eventually(() -> agent.closedBecause().equals(Optional.of(CloseReason.NOT_A_RECORD)));
            ControllerFixture.eventually(() -> fixture.sawRefused("not a Record"));
        }
    }

    @Test
    @Requirement({"R-MTP.5", "R-MSG.1"})
    void a_request_that_a_controller_does_not_serve_gets_an_error_and_no_answer_gets_one() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.send("m7", new GetRequest(List.of("Device."), 0));
            UspMessage error = agent.next();
            assertThat(error.id().value()).isEqualTo("m7");
            assertThat(((UspError) error.body()).fault().errCode()).isEqualTo(StandardErrorCode.MESSAGE_NOT_SUPPORTED);
            agent.send("m8", new UspError(new Fault(StandardErrorCode.INTERNAL_ERROR, "x")));
            agent.sendRecord(
                    UspRecord.plain(OWN, agent.id(), new RecordType.NoSessionContext(Bytes.ofUtf8("no message"))));
            ControllerFixture.eventually(() -> fixture.sawRefused("not a Message"));
            assertThat(agent.nothingFor(Duration.ofMillis(100))).isEmpty();
        }
    }

    @Test
    @Requirement({"R-ENC.5", "R-MTP.5"})
    void a_request_without_content_gets_an_error_that_names_it() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            // header { msg_id "m9", msg_type GET } body { request {} }: the oneof of the request is not set
            Bytes payload = Bytes.ofHex("0a060a026d391001" + "12020a00");
            agent.sendRecord(UspRecord.plain(OWN, agent.id(), new RecordType.NoSessionContext(payload)));
            UspMessage error = agent.next();
            assertThat(error.id().value()).isEqualTo("m9");
            assertThat(((UspError) error.body()).fault().errCode()).isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);
        }
    }

    @Test
    @Requirement("R-MTP.9")
    void where_sessions_are_forbidden_one_is_refused_with_its_code() throws Exception {
        SessionPolicy none = PeerPolicy.DEFAULT.sessions().withMode(SessionMode.FORBID);
        try (ControllerFixture fixture = ControllerFixture.quiet(
                ControllerSettings.of(InMemoryStores.create()).withSessions(none))) {
            LockstepAgent agent = fixture.device("self::one");
            agent.sendRecord(UspRecord.plain(
                    OWN,
                    agent.id(),
                    new RecordType.SessionContext(
                            2, 1, 1, 0, RecordType.SegmentPosition.NONE, RecordType.SegmentPosition.NONE, List.of())));
            RecordType.Disconnect goodbye =
                    (RecordType.Disconnect) agent.nextRecord().type();
            assertThat(goodbye.reasonCode()).isEqualTo(7106);
        }
    }

    @Test
    @Requirement("R-WS.4")
    void a_second_connection_of_a_device_replaces_the_first() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent first = fixture.device("self::one");
            LockstepAgent second = fixture.device("self::one");
            ControllerFixture.eventually(() -> first.closedBecause().equals(Optional.of(CloseReason.REPLACED)));
            second.answering(body -> Optional.of(new GetSupportedProtocolResponse("1.4")));
            GetSupportedProtocolRequest question = new GetSupportedProtocolRequest("1.4");
            assertThat(fixture.controller.call(second.id(), question, ControllerFixture.PATIENCE))
                    .isEqualTo(new GetSupportedProtocolResponse("1.4"));
            assertThat(second.isOpen()).isTrue();
            assertThat(fixture.record(second.id()).online()).isTrue();
            assertThat(fixture.kinds(second.id())).doesNotContain(EventKind.OFFLINE);
        }
    }

    @Test
    void how_long_a_newcomer_waited_is_told_once_it_is_dealt_with() throws Exception {
        List<Duration> told = new CopyOnWriteArrayList<>();
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            fixture.controller.onServed(told::add);
            LockstepAgent agent = fixture.device("self::one");
            ControllerFixture.eventually(() -> told.size() == 1);
            agent.answering(body -> Optional.of(new GetSupportedProtocolResponse("1.4")));
            fixture.controller.call(agent.id(), new GetSupportedProtocolRequest("1.4"), ControllerFixture.PATIENCE);
            assertThat(told).as("an answer is no newcomer").hasSize(1);
        }
    }

    @Test
    @Requirement("R-MTP.7")
    void a_device_that_says_goodbye_is_offline_with_its_reason() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.sendRecord(UspRecord.plain(OWN, agent.id(), new RecordType.Disconnect("maintenance", 7105)));
            ControllerFixture.eventually(() -> !fixture.record(agent.id()).online());
            assertThat(fixture.record(agent.id()).statusReason()).contains("maintenance");
            ControllerFixture.eventually(() -> fixture.kinds(agent.id()).contains(EventKind.OFFLINE));
        }
    }

    @Test
    @Requirement("R-MTP.8")
    void a_device_that_came_back_after_its_goodbye_is_online() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.sendRecord(UspRecord.plain(OWN, agent.id(), new RecordType.Disconnect("", 7105)));
            ControllerFixture.eventually(() -> !fixture.record(agent.id()).online());
            agent.hello();
            ControllerFixture.eventually(() -> fixture.record(agent.id()).online());
        }
    }

    @Test
    @Requirement("R-SEC.0a")
    void who_proved_its_id_before_must_go_on_proving_it() throws Exception {
        try (ControllerFixture fixture = new ControllerFixture(ControllerSettings.of(InMemoryStores.create()))) {
            EndpointId id = EndpointId.of("self::one");
            PeerIdentity proven =
                    new PeerIdentity(Optional.of(id), PeerIdentity.Proof.CERTIFICATE, "127.0.0.1:1", true);
            LockstepAgent honest = fixture.transport
                    .connect(id, proven, new ConnectInfo.WebSocket())
                    .answering(new Home())
                    .hello();
            ControllerFixture.eventually(() -> fixture.controller.device(id).isPresent()
                    && fixture.record(id).verified());
            LockstepAgent impostor = fixture.transport.connect("self::one").hello();
            ControllerFixture.eventually(() -> impostor.closedBecause().equals(Optional.of(CloseReason.REFUSED)));
            assertThat(honest.isOpen()).isTrue();
        }
    }

    @Test
    void a_stranger_from_elsewhere_waits_for_approval_and_comes_in_after_it() throws Exception {
        try (ControllerFixture fixture = new ControllerFixture(ControllerSettings.of(InMemoryStores.create()))) {
            EndpointId id = EndpointId.of("self::far");
            PeerIdentity far = new PeerIdentity(Optional.of(id), PeerIdentity.Proof.CREDENTIALS, "192.0.2.1:1", false);
            LockstepAgent refused = fixture.transport
                    .connect(id, far, new ConnectInfo.WebSocket())
                    .hello();
            ControllerFixture.eventually(() -> refused.closedBecause().equals(Optional.of(CloseReason.REFUSED)));
            assertThat(fixture.record(id).approved()).isFalse();
            fixture.controller.approve(id, true);
            LockstepAgent welcome = fixture.transport
                    .connect(id, far, new ConnectInfo.WebSocket())
                    .answering(new Home())
                    .hello();
            ControllerFixture.eventually(() -> fixture.record(id).online());
            assertThat(fixture.record(id).verified()).isTrue();
            fixture.controller.approve(id, false);
            ControllerFixture.eventually(
                    () -> !welcome.isOpen() && !fixture.record(id).online());
        }
    }

    @Test
    @Requirement("R-MTP.5")
    void nobody_can_publish_a_device_off_its_broker() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            EndpointId id = EndpointId.of("self::m");
            PeerIdentity behind = new PeerIdentity(Optional.empty(), PeerIdentity.Proof.NONE, "usp/agent/m", true);
            LockstepAgent agent = fixture.transport
                    .connect(id, behind, new ConnectInfo.Mqtt(true, "usp/agent/m"))
                    .hello();
            ControllerFixture.eventually(() ->
                    fixture.controller.device(id).filter(DeviceRecord::online).isPresent());
            agent.sendBytes(Bytes.ofUtf8("not a record at all"));
            agent.sendRecord(record(OWN, EndpointId.of("self::two"), boot()));
            ControllerFixture.eventually(() -> fixture.sawRefused("the connection belongs to self::m"));
            assertThat(agent.isOpen()).isTrue();
            assertThat(fixture.record(id).online()).isTrue();
        }
    }
}
