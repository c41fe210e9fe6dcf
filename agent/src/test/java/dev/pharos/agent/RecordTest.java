// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.HomeDevice;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an agent does with Records and with messages as such.
final class RecordTest {
    /// A header with msg_id "x" and msg_type GET, and a request with no kind at all.
    private static final String NAMELESS_REQUEST = "0a05" + "0a0178" + "1001" + "1202" + "0a00";

    private final Stage stage = Stage.open();
    private final LockstepController controller = stage.controller();

    @AfterEach
    void close() {
        stage.close();
    }

    private static Bytes get(String id) {
        return MessageCodec.encode(new UspMessage(new MessageId(id), new GetRequest(List.of("Device.Home.Name"), 0)));
    }

    @Test
    @Requirement({"R-MTP.6", "R-MTP.4b"})
    void the_first_record_on_a_connection_is_the_connect_record() throws Exception {
        try (Stage fresh = Stage.prepare(Stage.config(), ManualClock.standing())) {
            fresh.controller().start(fresh.wire().second());

            UspRecord record = fresh.controller().nextRecord();

            assertThat(record.type()).isInstanceOf(RecordType.WebSocketConnect.class);
            assertThat(record.version()).isEqualTo("1.4");
            assertThat(record.from()).isEqualTo(Stage.AGENT);
            assertThat(record.to()).isEqualTo(Stage.CONTROLLER);
        }
    }

    @Test
    @Requirement("R-MTP.8")
    void after_a_disconnect_and_on_a_new_channel_a_connect_record_comes_first() {
        controller.sendRecord(UspRecord.plain(Stage.AGENT, Stage.CONTROLLER, new RecordType.Disconnect("bye", 0)));
        controller.sendPayload(get("g1"));

        assertThat(controller.nextRecord().type()).isInstanceOf(RecordType.WebSocketConnect.class);
        assertThat(controller.nextRecord().type()).isInstanceOf(RecordType.NoSessionContext.class);

        stage.wire().cut("test");
        stage.wire().reconnect();
        assertThat(controller.nextRecord().type()).isInstanceOf(RecordType.WebSocketConnect.class);
    }

    @Test
    @Requirement({"R-MTP.7", "R-MTP.9"})
    void an_agent_that_stops_takes_leave_with_a_reason() {
        stage.agent().close();

        RecordType type = controller.nextRecord().type();
        assertThat(type).isInstanceOf(RecordType.Disconnect.class);
        assertThat(((RecordType.Disconnect) type).reasonCode()).isBetween(7100, 7199);
        assertThat(((RecordType.Disconnect) type).reason()).isNotEmpty();
    }

    @Test
    @Requirement({"R-MSG.0", "R-MSG.0a", "R-MSG.5", "R-MSG.6", "R-MSG.7", "R-MSG.8", "R-MSG.9"})
    void an_answer_has_the_id_of_its_request_and_the_same_kind_of_record() {
        controller.sendPayload(get("some id"));

        UspRecord record = controller.nextRecord();
        UspMessage answer = controller.nextAnswer();

        assertThat(record.type()).isInstanceOf(RecordType.NoSessionContext.class);
        assertThat(answer.id()).isEqualTo(new MessageId("some id"));
        assertThat(answer.body()).isInstanceOf(GetResponse.class);
    }

    @Test
    @Requirement("R-MTP.5")
    void a_record_for_or_from_somebody_else_is_ignored() {
        EndpointId elsewhere = EndpointId.of("proto::elsewhere");
        controller.sendRecord(UspRecord.plain(elsewhere, Stage.CONTROLLER, new RecordType.NoSessionContext(get("a"))));
        controller.sendRecord(UspRecord.plain(Stage.AGENT, elsewhere, new RecordType.NoSessionContext(get("b"))));

        assertThat(controller.noAnswer()).isTrue();
    }

    @Test
    @Requirement({"R-MTP.5", "R-MSG.1", "R-ENC.3", "R-ENC.5"})
    void a_request_that_cannot_be_understood_gets_an_error_if_it_can_be_named() {
        controller.sendPayload(Bytes.ofHex(NAMELESS_REQUEST));

        UspMessage answer = controller.nextAnswer();

        assertThat(answer.id()).isEqualTo(new MessageId("x"));
        assertThat(((UspError) answer.body()).fault().errCode()).isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);
    }

    @Test
    @Requirement({"R-ENC.2", "R-ENC.4"})
    void a_record_of_no_kind_or_with_an_unknown_number_is_discarded() {
        Bytes whole = RecordCodec.encode(
                UspRecord.plain(Stage.AGENT, Stage.CONTROLLER, new RecordType.NoSessionContext(Bytes.ofHex("00"))));
        String typeless = whole.toHex().substring(0, whole.toHex().length() - 10);
        Bytes sound = RecordCodec.encode(
                UspRecord.plain(Stage.AGENT, Stage.CONTROLLER, new RecordType.NoSessionContext(get("u"))));
        String unknownSecurity = "2009";

        controller.sendBytes(Bytes.ofHex(typeless));
        controller.sendBytes(Bytes.ofHex(sound.toHex() + unknownSecurity));

        assertThat(controller.noAnswer()).isTrue();
    }

    @Test
    @Requirement("R-SEC.0a")
    void a_peer_that_is_proven_to_be_somebody_else_is_not_listened_to() throws Exception {
        InProcessMtp.Pair pair = InProcessMtp.pair(Stage.AGENT, Stage.STRANGER);
        LockstepController pretender = new LockstepController(Stage.CONTROLLER, Stage.AGENT);
        try (SharedTimer timer = new SharedTimer();
                UspAgent agent = new UspAgent(
                        Stage.config(),
                        List.of(new HomeDevice()),
                        List.of(new AgentMtpBinding(pair.first(), Stage.CONTROLLER)),
                        AgentRuntime.with(timer))) {
            agent.start();
            pretender.start(pair.second());
            pretender.nextRecord();
            pretender.sendPayload(get("pretended"));

            assertThat(pretender.noAnswer()).isTrue();
        }
    }

    @Test
    @Requirement("R-ARC.2")
    void an_agent_has_no_controller_of_its_own_id() {
        List<ControllerConfig> itself = List.of(ControllerConfig.of(Stage.AGENT, ControllerRole.FULL));

        assertThatThrownBy(() -> Stage.config(itself))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("R-ARC.2");
    }

    @Test
    @Requirement("R-MTP.5")
    void rubbish_answers_and_errors_are_never_answered() {
        controller.sendPayload(Bytes.ofHex("ffffffff"));
        controller.sendPayload(Bytes.ofHex("0a05" + "0a0178" + "1000" + "1202" + "1200"));
        controller.send(new MessageId("nobody asked"), new NotifyResponse("x"));
        controller.send(new MessageId("e"), new UspError(new Fault(StandardErrorCode.MESSAGE_FAILED, "no")));

        assertThat(controller.noAnswer()).isTrue();
    }

    @Test
    void bytes_that_are_no_record_end_a_connection_of_their_own() {
        MtpConnection connection = controller.connection();
        controller.sendBytes(Bytes.ofHex("ffffffff"));

        Eventually.holds(() -> !connection.isOpen());
    }

    @Test
    @Requirement("R-MSG.1")
    void a_message_that_is_not_for_agents_is_refused_as_not_supported() {
        assertThat(controller
                        .askInVain(new DeregisterRequest(List.of("Device.Home.")))
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.MESSAGE_NOT_SUPPORTED);
    }

    @Test
    void a_signature_that_cannot_be_checked_is_not_trusted() {
        controller.sendRecord(new UspRecord(
                "1.4",
                Stage.AGENT,
                Stage.CONTROLLER,
                new UspRecord.RecordProtection(UspRecord.PayloadSecurity.PLAINTEXT, Bytes.ofHex("0102"), Bytes.EMPTY),
                new RecordType.NoSessionContext(get("signed"))));

        UspMessage answer = controller.nextAnswer();
        assertThat(((UspError) answer.body()).fault().errCode())
                .isEqualTo(StandardErrorCode.SECURE_SESSION_NOT_SUPPORTED);
    }

    @Test
    @Requirement("R-MSG.4")
    void a_repetition_of_an_unanswered_request_is_dropped() {
        CountDownLatch work = stage.device().holdWork();
        OperateRequest slow = new OperateRequest("Device.Home.Quiet()", "", true, Map.of());
        controller.send(new MessageId("one"), slow);
        controller.send(new MessageId("one"), slow);
        // Refused before it would be queued, so its answer says that both have arrived.
        controller.sendPayload(Bytes.ofHex(NAMELESS_REQUEST));
        assertThat(controller.nextAnswer().id()).isEqualTo(new MessageId("x"));
        work.countDown();

        assertThat(controller.nextAnswer().id()).isEqualTo(new MessageId("one"));
        assertThat(controller.noAnswer()).isTrue();
        assertThat(stage.device().calls()).hasSize(1);
    }

    @Test
    void a_repeated_add_is_answered_again_and_adds_nothing() {
        AddRequest add = new AddRequest(false, List.of(new CreateObject("Device.Home.Room.", List.of())));
        controller.send(new MessageId("a"), add);
        UspMessage first = controller.nextAnswer();
        controller.send(new MessageId("a"), add);
        UspMessage second = controller.nextAnswer();

        assertThat(second).isEqualTo(first);
        assertThat(stage.value("Device.Home.RoomNumberOfEntries")).isEqualTo("1");
    }

    @Test
    void an_old_id_for_something_else_or_much_later_is_a_new_request() {
        controller.send(
                new MessageId("a"), new AddRequest(false, List.of(new CreateObject("Device.Home.Room.", List.of()))));
        controller.nextAnswer();
        controller.send(
                new MessageId("a"), new AddRequest(false, List.of(new CreateObject("Device.Home.Person.", List.of()))));
        controller.nextAnswer();
        stage.timer().advance(Duration.ofMinutes(5));
        controller.send(
                new MessageId("a"), new AddRequest(false, List.of(new CreateObject("Device.Home.Person.", List.of()))));
        controller.nextAnswer();

        assertThat(stage.value("Device.Home.RoomNumberOfEntries")).isEqualTo("1");
        assertThat(stage.agent().model().snapshot().object("Device.Home.Person.2."))
                .isPresent();
    }

    @Test
    @Requirement("R-MSG.10")
    void the_body_decides_what_a_message_is_whatever_its_header_says() {
        byte[] bytes = MessageCodec.encode(new UspMessage(new MessageId("x"), new GetSupportedProtocolRequest("1.4")))
                .toByteArray();
        // Header: field 1, length 5, msg_id "x" (3 bytes), then the tag and value of msg_type.
        assertThat(bytes[5]).isEqualTo((byte) 0x10);
        bytes[6] = 4;

        controller.sendPayload(Bytes.adopt(bytes));

        assertThat(controller.nextAnswer().body()).isInstanceOf(GetSupportedProtocolResponse.class);
    }

    @Test
    void requests_are_carried_out_in_their_order() {
        for (int i = 0; i < 200; i++) {
            controller.sendPayload(get("r" + i));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(controller.nextAnswer().id().value()).isEqualTo("r" + i);
        }
    }

    @Test
    void a_newer_record_version_is_no_error() {
        controller.sendRecord(new UspRecord(
                "1.9",
                Stage.AGENT,
                Stage.CONTROLLER,
                UspRecord.RecordProtection.NONE,
                new RecordType.NoSessionContext(get("new"))));

        assertThat(controller.nextAnswer().body()).isInstanceOf(GetResponse.class);
    }
}
