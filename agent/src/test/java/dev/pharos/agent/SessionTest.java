// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.fixture.HomeDevice;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.ManualTimer;
import dev.pharos.agent.fixture.SessionController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.testkit.LossyMtp;
import dev.pharos.testkit.ManualClock;
import dev.pharos.testkit.Weather;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Session Contexts with a controller, as the agent keeps them.
final class SessionTest {
    private static final String SESSION = "Device.LocalAgent.Controller.1.E2ESession.";
    private static final GetRequest NAME = new GetRequest(List.of("Device.Home.Name"), 0);

    private final Stage stage = Stage.open(Stage.config().withRebootAction(new RebootAction.Simulated()));
    private final LockstepController controller = stage.controller();

    @AfterEach
    void close() {
        stage.close();
    }

    private void send(long session, long sequence, long expected, Bytes payload) {
        controller.sendRecord(UspRecord.plain(
                Stage.AGENT,
                Stage.CONTROLLER,
                new RecordType.SessionContext(
                        session, sequence, expected, 0, SegmentPosition.NONE, SegmentPosition.NONE, List.of(payload))));
    }

    private void send(long session, long sequence, long expected, String id, Request<?> request) {
        send(session, sequence, expected, MessageCodec.encode(new UspMessage(new MessageId(id), request)));
    }

    private RecordType.SessionContext nextSession() {
        return (RecordType.SessionContext) controller.nextRecord().type();
    }

    private static UspMessage message(RecordType.SessionContext context) {
        try {
            return MessageCodec.decode(context.payload().getFirst());
        } catch (MalformedInputException malformed) {
            throw new AssertionError(malformed.detail(), malformed);
        }
    }

    private static SetRequest set(Map<String, String> settings) {
        return new SetRequest(false, List.of(new UpdateObject(SESSION, Stage.settings(settings))));
    }

    private void setPlain(Map<String, String> settings) {
        controller.ask(set(settings));
        controller.nextRecord();
        stage.timer().advance(Duration.ofSeconds(1));
    }

    @Test
    @Requirement({"R-E2E.4", "R-E2E.14", "R-E2E.15", "R-E2E.17", "R-MSG.0a"})
    void a_request_in_a_session_is_answered_in_it() {
        send(9, 1, 1, "one", NAME);
        RecordType.SessionContext first = nextSession();
        send(9, 2, 2, "two", NAME);
        RecordType.SessionContext second = nextSession();

        assertThat(first.sessionId()).isEqualTo(9);
        assertThat(first.sequenceId()).isEqualTo(1);
        assertThat(first.expectedId()).isEqualTo(2);
        assertThat(message(first).id()).isEqualTo(new MessageId("one"));
        assertThat(message(first).body()).isInstanceOf(GetResponse.class);
        assertThat(second.sequenceId()).isEqualTo(2);
        assertThat(message(second).id()).isEqualTo(new MessageId("two"));
    }

    @Test
    @Requirement({"R-MSG.0a", "R-E2E.26"})
    void a_request_outside_the_session_is_answered_outside_it() {
        send(9, 1, 1, "one", NAME);
        nextSession();
        controller.send(new MessageId("plain"), NAME);

        assertThat(controller.nextRecord().type()).isInstanceOf(RecordType.NoSessionContext.class);
        assertThat(controller.nextAnswer().id()).isEqualTo(new MessageId("plain"));
    }

    @Test
    void a_notification_goes_through_the_session_that_stands() {
        stage.subscribe("ValueChange", "Device.Home.Name");
        controller.nextRecord();
        send(9, 1, 1, "one", NAME);
        nextSession();
        send(
                9,
                2,
                2,
                "set",
                new SetRequest(false, List.of(new UpdateObject("Device.Home.", Stage.settings(Map.of("Name", "x"))))));

        List<String> kinds = List.of(
                message(nextSession()).body().getClass().getSimpleName(),
                message(nextSession()).body().getClass().getSimpleName());
        assertThat(kinds).containsExactlyInAnyOrder("SetResponse", "NotifyRequest");
    }

    @Test
    @Requirement("R-E2E.10")
    void the_model_shows_the_settings_with_their_defaults_and_the_state() {
        assertThat(stage.get(SESSION))
                .containsEntry("SessionMode", "Allow")
                .containsEntry("Status", "Down")
                .containsEntry("SessionExpiration", "0")
                .containsEntry("SessionRetryMinimumWaitInterval", "5")
                .containsEntry("SessionRetryIntervalMultiplier", "2000")
                .containsEntry("CurrentRetryCount", "0")
                .containsEntry("MaxUSPRecordSize", "0")
                .containsEntry("MaxRetransmitTries", "0");
        send(9, 1, 1, Bytes.EMPTY);
        assertThat(stage.value(SESSION + "Status")).isEqualTo("Up");
    }

    @Test
    @Requirement("R-E2E.6a")
    void where_sessions_are_forbidden_a_session_record_is_answered_with_a_disconnect_7106() {
        setPlain(Map.of("SessionMode", "Forbid"));
        send(9, 1, 1, "one", NAME);

        RecordType.Disconnect refusal =
                (RecordType.Disconnect) controller.nextRecord().type();
        assertThat(refusal.reasonCode()).isEqualTo(7106);
        assertThat(refusal.reason()).isNotEmpty();
    }

    @Test
    @Requirement({"R-E2E.6b", "R-MTP.8"})
    void a_session_that_is_forbidden_in_itself_answers_and_then_ends_with_7105() {
        send(9, 1, 1, "one", set(Map.of("SessionMode", "Forbid")));
        assertThat(message(nextSession()).id()).isEqualTo(new MessageId("one"));
        stage.timer().advance(Duration.ofMillis(600));

        RecordType.Disconnect goodbye =
                (RecordType.Disconnect) controller.nextRecord().type();
        assertThat(goodbye.reasonCode()).isEqualTo(7105);
        controller.send(new MessageId("plain"), NAME);
        assertThat(controller.nextRecord().type()).isInstanceOf(RecordType.WebSocketConnect.class);
        assertThat(controller.nextRecord().type()).isInstanceOf(RecordType.NoSessionContext.class);
    }

    @Test
    void where_sessions_are_required_a_plain_request_is_refused_and_a_session_opened() {
        setPlain(Map.of("SessionMode", "Require"));
        assertThat(controller.askInVain(NAME).fault().errCode()).isEqualTo(StandardErrorCode.SECURE_SESSION_REQUIRED);
        assertThat(controller.nextRecord().type()).isInstanceOf(RecordType.NoSessionContext.class);

        RecordType.SessionContext opening = nextSession();
        assertThat(opening.sessionId()).isGreaterThan(1);
        assertThat(opening.sequenceId()).isEqualTo(1);
        send(opening.sessionId(), 1, 2, "one", NAME);
        assertThat(message(nextSession()).body()).isInstanceOf(GetResponse.class);
    }

    @Test
    void a_reset_answers_and_then_starts_a_new_session() {
        send(9, 1, 1, "one", new OperateRequest(SESSION + "Reset()", "", true, Map.of()));
        assertThat(message(nextSession()).id()).isEqualTo(new MessageId("one"));
        send(9, 2, 2, Bytes.EMPTY);
        assertThat(stage.value(SESSION + "Status")).isEqualTo("Up");
        controller.nextRecord();
        stage.timer().advance(Duration.ofMillis(600));

        RecordType.SessionContext opening = nextSession();
        assertThat(opening.sessionId()).isNotEqualTo(9);
        assertThat(opening.sequenceId()).isEqualTo(1);
    }

    @Test
    void an_answer_is_cut_to_the_largest_record_that_the_controller_wants() {
        setPlain(Map.of("MaxUSPRecordSize", "512"));
        send(9, 1, 1, "one", new GetRequest(List.of("Device.LocalAgent."), 0));
        List<SegmentPosition> positions = new ArrayList<>();
        while (positions.isEmpty() || positions.getLast() != SegmentPosition.COMPLETE) {
            UspRecord record = controller.nextRecord();
            assertThat(RecordCodec.encode(record).size()).isLessThanOrEqualTo(512);
            positions.add(((RecordType.SessionContext) record.type()).position());
        }
        assertThat(positions).hasSizeGreaterThan(2).startsWith(SegmentPosition.BEGIN);
    }

    @Test
    @Requirement({"R-E2E.10", "R-E2E.12", "R-E2E.13"})
    void failed_sessions_are_retried_by_the_settings_and_a_reboot_forgets_the_count() {
        setPlain(Map.of("SessionRetryMinimumWaitInterval", "7", "SessionRetryIntervalMultiplier", "1000"));
        failTwice();
        assertThat(stage.value(SESSION + "CurrentRetryCount")).isEqualTo("1");
        assertThat(stage.value(SESSION + "Status")).isEqualTo("Negotiating");
        controller.nextRecord();
        controller.nextRecord();
        stage.timer().advance(Duration.ofMillis(6900));
        controller.send(new MessageId("between"), NAME);
        assertThat(controller.nextRecord().type()).isInstanceOf(RecordType.NoSessionContext.class);
        controller.nextAnswer();
        stage.timer().advance(Duration.ofMillis(100));
        long retried = nextSession().sessionId();
        send(retried, 1, 1, Bytes.EMPTY);
        assertThat(stage.value(SESSION + "CurrentRetryCount")).isEqualTo("0");
        controller.nextRecord();

        send(retried, 2, 99, Bytes.EMPTY);
        send(nextSession().sessionId(), 1, 99, Bytes.EMPTY);
        assertThat(stage.value(SESSION + "CurrentRetryCount")).isEqualTo("1");
        controller.ask(new OperateRequest("Device.Reboot()", "", true, Map.of()));
        stage.timer().advance(Duration.ofSeconds(1));
        Eventually.holds(() -> stage.value(SESSION + "CurrentRetryCount").equals("0"));
        assertThat(stage.value(SESSION + "Status")).isEqualTo("Down");
    }

    private void failTwice() {
        send(9, 1, 99, Bytes.EMPTY);
        send(nextSession().sessionId(), 1, 99, Bytes.EMPTY);
    }

    @Test
    void a_disconnect_of_the_controller_ends_the_session() {
        send(9, 1, 1, Bytes.EMPTY);
        controller.sendRecord(UspRecord.plain(Stage.AGENT, Stage.CONTROLLER, new RecordType.Disconnect("bye", 7105)));
        assertThat(stage.value(SESSION + "Status")).isEqualTo("Down");
    }

    @Test
    void a_message_in_a_session_that_cannot_be_understood_is_refused_in_it() {
        send(9, 1, 1, Bytes.ofHex("0a05" + "0a0178" + "1001" + "1202" + "0a00"));
        assertThat(((UspError) message(nextSession()).body()).fault().errCode())
                .isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);
    }

    @Test
    @Requirement({"R-E2E.16", "R-E2E.20", "R-E2E.25"})
    void every_request_is_answered_although_the_transport_loses_repeats_and_reorders_and_once_in_one_session()
            throws IOException {
        ManualClock clock = ManualClock.standing();
        ManualTimer timer = new ManualTimer(clock);
        InProcessMtp.Pair pair = InProcessMtp.pair(Stage.AGENT, Stage.CONTROLLER, 4096);
        Weather weather = new Weather(10, 10, 10);
        SessionController peer = new SessionController(Stage.CONTROLLER, Stage.AGENT, clock, -1);
        try (UspAgent agent = new UspAgent(
                Stage.config(),
                List.of(new HomeDevice()),
                List.of(new AgentMtpBinding(new LossyMtp(pair.first(), weather, 1), Stage.CONTROLLER)),
                new AgentRuntime(clock, timer, RandomGenerator.of("L64X128MixRandom")))) {
            agent.start();
            peer.start(new LossyMtp(pair.second(), weather, 2));
            Eventually.holds(peer::isConnected);
            peer.send("first", set(Map.of("MaxRetransmitTries", "-1", "MaxUSPRecordSize", "512")));
            passUntil(timer, peer, 1);
            long session = peer.sessionId();
            List<String> asked = new ArrayList<>(List.of("first"));
            for (int number = 0; number < 50; number++) {
                asked.add("m" + number);
                peer.send("m" + number, new GetRequest(List.of("Device.LocalAgent.Controller."), 0));
            }
            passUntil(timer, peer, asked.size());

            List<String> answered = peer.messages().stream()
                    .map(message -> message.id().value())
                    .toList();
            assertThat(answered).containsAll(asked);
            if (peer.sessionId() == session) {
                assertThat(answered).isEqualTo(asked);
            }
        }
        pair.close();
    }

    /// Lets time pass until this many Messages have come.
    private static void passUntil(ManualTimer timer, SessionController peer, int messages) {
        Eventually.holds(() -> {
            timer.advance(Duration.ofMillis(25));
            peer.tick();
            return peer.messages().stream().map(UspMessage::id).distinct().count() >= messages;
        });
    }
}
