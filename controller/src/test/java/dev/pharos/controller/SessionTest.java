// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.policy.PeerPolicy;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.mtp.CloseReason;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.session.SessionMode;
import dev.pharos.usp.session.SessionPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Session Contexts with devices, as the Controller keeps them.
class SessionTest {
    private static final GetRequest GET = new GetRequest(List.of("Device.DeviceInfo.SerialNumber"), 0);
    private static final GetResponse GOT = new GetResponse(List.of());

    private static ControllerFixture fixture(SessionMode mode) throws IOException {
        SessionPolicy policy = PeerPolicy.DEFAULT.sessions().withMode(mode);
        return ControllerFixture.quiet(
                ControllerSettings.of(InMemoryStores.create()).withSessions(policy));
    }

    private static Bytes payload(String id, Body body) {
        return MessageCodec.encode(new UspMessage(new MessageId(id), body));
    }

    private static NotifyRequest boot() {
        return new NotifyRequest("sub", true, new Notification.Event("Device.", "Boot!", Map.of()));
    }

    private static void send(LockstepAgent agent, long session, long sequence, long expected, Bytes payload) {
        agent.sendRecord(UspRecord.plain(
                ControllerSettings.DEFAULT_ID,
                agent.id(),
                new RecordType.SessionContext(
                        session, sequence, expected, 0, SegmentPosition.NONE, SegmentPosition.NONE, List.of(payload))));
    }

    /// The next Record of a session that carries something.
    private static RecordType.SessionContext nextSession(LockstepAgent agent) {
        RecordType.SessionContext next;
        do {
            next = (RecordType.SessionContext) agent.nextRecord().type();
        } while (next.payload().stream().allMatch(Bytes::isEmpty));
        return next;
    }

    private static UspMessage message(RecordType.SessionContext context) {
        try {
            return MessageCodec.decode(context.payload().getFirst());
        } catch (MalformedInputException malformed) {
            throw new AssertionError(malformed.detail(), malformed);
        }
    }

    private static CompletableFuture<Object> call(ControllerFixture fixture, LockstepAgent agent, Request<?> request) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(fixture.controller.call(agent.id(), request, ControllerFixture.PATIENCE));
            } catch (Exception failed) {
                result.complete(failed);
            }
        });
        return result;
    }

    @Test
    @Requirement({"R-E2E.4", "R-E2E.14", "R-E2E.17", "R-MSG.0a"})
    void a_notification_in_a_session_is_answered_in_it() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.ALLOW)) {
            LockstepAgent agent = fixture.device("self::one");
            send(agent, 7, 1, 1, payload("n1", boot()));
            RecordType.SessionContext answer = nextSession(agent);

            assertThat(answer.sessionId()).isEqualTo(7);
            assertThat(answer.sequenceId()).isEqualTo(1);
            assertThat(answer.expectedId()).isEqualTo(2);
            assertThat(message(answer).body()).isInstanceOf(NotifyResponse.class);
            agent.send("n2", boot());
            assertThat(agent.next().body()).isInstanceOf(NotifyResponse.class);
        }
    }

    @Test
    @Requirement({"R-E2E.5", "R-E2E.6"})
    void a_call_goes_through_the_newest_session_of_the_device() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.ALLOW)) {
            LockstepAgent agent = fixture.device("self::one");
            send(agent, 7, 1, 1, payload("n1", boot()));
            nextSession(agent);
            send(agent, 8, 1, 1, payload("n2", boot()));
            nextSession(agent);
            CompletableFuture<Object> result = call(fixture, agent, GET);
            RecordType.SessionContext request = nextSession(agent);
            // the answer to n1, which nobody confirmed, may come once more in the new session before it
            while (!(message(request).body() instanceof GetRequest)) {
                request = nextSession(agent);
            }

            assertThat(request.sessionId()).isEqualTo(8);
            assertThat(request.sequenceId()).isGreaterThan(1);
            send(
                    agent,
                    8,
                    2,
                    request.sequenceId() + 1,
                    payload(message(request).id().value(), GOT));
            assertThat(result.join()).isEqualTo(GOT);
        }
    }

    @Test
    void without_a_session_of_the_device_calls_stay_outside_one() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.ALLOW)) {
            LockstepAgent agent = fixture.device("self::one").answering(body -> Optional.of(GOT));
            assertThat(call(fixture, agent, GET).join()).isEqualTo(GOT);
        }
    }

    @Test
    void a_required_session_is_opened_by_the_first_call() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.REQUIRE)) {
            LockstepAgent agent = fixture.device("self::one");
            CompletableFuture<Object> result = call(fixture, agent, GET);
            RecordType.SessionContext request = nextSession(agent);

            assertThat(request.sessionId()).isGreaterThan(1);
            assertThat(request.sequenceId()).isEqualTo(1);
            send(agent, request.sessionId(), 1, 2, payload(message(request).id().value(), GOT));
            assertThat(result.join()).isEqualTo(GOT);
        }
    }

    @Test
    void where_sessions_are_required_a_notification_outside_one_is_refused() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.REQUIRE)) {
            LockstepAgent agent = fixture.device("self::one");
            agent.send("n1", boot());

            assertThat(((UspError) agent.next().body()).fault().errCode())
                    .isEqualTo(StandardErrorCode.SECURE_SESSION_REQUIRED);
            assertThat(agent.nextRecord().type()).isInstanceOf(RecordType.SessionContext.class);
            ControllerFixture.eventually(() -> fixture.sawRefused("a Session Context is required"));
        }
    }

    @Test
    void a_device_that_has_no_sessions_where_they_are_required_is_let_go() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.REQUIRE)) {
            LockstepAgent agent = fixture.device("self::one");
            CompletableFuture<Object> result = call(fixture, agent, GET);
            nextSession(agent);
            agent.sendRecord(UspRecord.plain(
                    ControllerSettings.DEFAULT_ID, agent.id(), new RecordType.Disconnect("no sessions", 7106)));

            assertThat(result.join()).isInstanceOf(DeviceUnreachableException.class);
            ControllerFixture.eventually(() -> agent.closedBecause().equals(Optional.of(CloseReason.NORMAL)));
        }
    }

    @Test
    void at_a_new_session_a_read_is_sent_again_and_a_change_fails_at_once() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.REQUIRE)) {
            LockstepAgent agent = fixture.device("self::one");
            CompletableFuture<Object> read = call(fixture, agent, GET);
            RecordType.SessionContext first = nextSession(agent);
            CompletableFuture<Object> change =
                    call(fixture, agent, new OperateRequest("Device.Reboot()", "", true, Map.of()));
            nextSession(agent);
            send(agent, first.sessionId() + 5, 1, 1, Bytes.EMPTY);

            RecordType.SessionContext again = nextSession(agent);
            assertThat(again.sessionId()).isEqualTo(first.sessionId() + 5);
            assertThat(message(again)).isEqualTo(message(first));
            assertThat(change.join()).isInstanceOf(DeviceUnreachableException.class);
            send(agent, again.sessionId(), 2, 2, payload(message(again).id().value(), GOT));
            assertThat(read.join()).isEqualTo(GOT);
        }
    }

    @Test
    void a_record_that_came_before_is_shown_as_refused_and_not_stored_twice() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.ALLOW)) {
            LockstepAgent agent = fixture.device("self::one");
            send(agent, 7, 1, 1, payload("n1", boot()));
            send(agent, 7, 1, 1, payload("n1", boot()));
            nextSession(agent);
            ControllerFixture.eventually(() -> fixture.sawRefused("came before"));
        }
    }

    @Test
    void a_signature_that_cannot_be_checked_is_not_trusted() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.ALLOW)) {
            LockstepAgent agent = fixture.device("self::one");
            agent.sendRecord(new UspRecord(
                    UspRecord.VERSION,
                    ControllerSettings.DEFAULT_ID,
                    agent.id(),
                    new UspRecord.RecordProtection(
                            UspRecord.PayloadSecurity.PLAINTEXT, Bytes.ofUtf8("signature"), Bytes.EMPTY),
                    new RecordType.NoSessionContext(payload("n1", boot()))));
            assertThat(((UspError) agent.next().body()).fault().errCode())
                    .isEqualTo(StandardErrorCode.SECURE_SESSION_NOT_SUPPORTED);
        }
    }

    @Test
    @Requirement("R-MTP.7")
    void a_goodbye_ends_the_session_altogether() throws Exception {
        try (ControllerFixture fixture = fixture(SessionMode.ALLOW)) {
            LockstepAgent agent = fixture.device("self::one");
            send(agent, 7, 1, 1, payload("n1", boot()));
            nextSession(agent);
            agent.sendRecord(
                    UspRecord.plain(ControllerSettings.DEFAULT_ID, agent.id(), new RecordType.Disconnect("bye", 7105)));
            ControllerFixture.eventually(() -> !fixture.record(agent.id()).online());
            agent.hello();
            agent.answering(body -> Optional.of(GOT));
            ControllerFixture.eventually(() -> fixture.record(agent.id()).online());
            assertThat(call(fixture, agent, GET).join()).isEqualTo(GOT);

            send(agent, 7, 1, 1, payload("n2", boot()));
            assertThat(nextSession(agent).sequenceId()).isEqualTo(1);
        }
    }
}
