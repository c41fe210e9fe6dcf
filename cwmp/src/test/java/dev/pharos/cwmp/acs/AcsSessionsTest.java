// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.acs.AcsSessions.Message;
import dev.pharos.cwmp.acs.AcsSessions.Reply;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.GetRpcMethodsResponse;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.KickedResponse;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AcsSessionsTest {
    private static final Caller CALLER = new Caller("192.0.2.1:5", false, Optional.empty(), Optional.empty());
    private static final Received NOTHING = new Received.Nothing();

    private final List<TestDesk> desks = new ArrayList<>();
    private final AtomicInteger drawn = new AtomicInteger();
    private Instant now = Instant.EPOCH;
    private Reception reception = (_, _, _) -> {
        TestDesk desk = new TestDesk();
        desk.requests.add(new GetRpcMethods());
        desks.add(desk);
        return new Reception.Welcome.In(desk);
    };
    private final AcsSessions sessions = new AcsSessions(
            (inform, version, caller) -> reception.receive(inform, version, caller),
            () -> now,
            () -> "c" + drawn.incrementAndGet());

    private Reply inform(String serial, AcsConnection connection, SoapHeader header, String... cookies) {
        return sessions.take(new Message(
                new Received.Message(new Envelope(new CwmpNamespace(2), header, AcsSessionTest.inform(serial))),
                List.of(cookies),
                connection,
                CALLER));
    }

    private Reply inform(String serial, AcsConnection connection, String... cookies) {
        return inform(serial, connection, SoapHeader.EMPTY, cookies);
    }

    private AcsStep nothing(AcsConnection connection, String... cookies) {
        return sessions.take(new Message(NOTHING, List.of(cookies), connection, CALLER))
                .step();
    }

    private static AcsStep.Refuse refused(AcsStep step) {
        return (AcsStep.Refuse) step;
    }

    @Test
    void a_session_is_known_by_its_cookie_on_whatever_connection() {
        Reply reply = inform("S1", new AcsConnection());
        assertThat(reply.cookie()).contains("c1");
        assertThat(nothing(new AcsConnection(), "stranger", "c1")).isInstanceOf(AcsStep.Send.class);
    }

    @Test
    void a_session_without_cookies_is_known_by_its_connection() {
        AcsConnection connection = new AcsConnection();
        inform("S1", connection);
        assertThat(nothing(connection)).isInstanceOf(AcsStep.Send.class);
        assertThat(refused(nothing(new AcsConnection())).reason()).contains("no session");
    }

    @Test
    void a_cookie_counts_more_than_a_connection_that_several_devices_share() {
        AcsConnection shared = new AcsConnection();
        inform("S1", shared);
        inform("S2", shared);
        assertThat(nothing(shared, "c1")).isInstanceOf(AcsStep.Send.class);
        assertThat(nothing(shared, "c2")).isInstanceOf(AcsStep.Send.class);
        assertThat(desks).allSatisfy(desk -> assertThat(desk.requests).isEmpty());
    }

    @Test
    void an_inform_begins_another_session_whatever_its_cookie_says() {
        AcsConnection connection = new AcsConnection();
        inform("S1", connection);
        nothing(connection, "c1");
        assertThat(inform("S1", connection, "c1").cookie()).contains("c2");
        assertThat(desks.getFirst().ends).containsExactly("false: the device has begun another session");
        assertThat(refused(nothing(new AcsConnection(), "c1")).reason()).contains("no session");
        assertThat(sessions.size()).isEqualTo(1);
    }

    @Test
    void a_village_that_comes_at_once_waits_its_turn_and_is_taken_whole() throws Exception {
        int village = 3 * Limits.ARRIVALS;
        CountDownLatch allAreThere = new CountDownLatch(Limits.ARRIVALS);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        reception = (_, _, _) -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            allAreThere.countDown();
            try {
                assertThat(allAreThere.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            atOnce.decrementAndGet();
            return new Reception.Welcome.In(new TestDesk());
        };
        List<Future<Reply>> replies = new ArrayList<>();
        try (ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < village; i++) {
                String serial = "S" + i;
                replies.add(devices.submit(() -> inform(serial, new AcsConnection())));
            }
        }
        for (Future<Reply> reply : replies) {
            assertThat(reply.get().step()).isInstanceOf(AcsStep.Send.class);
        }
        assertThat(most.get()).isEqualTo(Limits.ARRIVALS);
    }

    @Test
    void two_devices_with_one_serial_end_each_others_sessions_and_harm_nobody_else() {
        AcsConnection one = new AcsConnection();
        AcsConnection other = new AcsConnection();
        inform("S1", one);
        inform("S2", new AcsConnection());
        inform("S1", other);
        assertThat(nothing(one)).isInstanceOf(AcsStep.Refuse.class);
        assertThat(nothing(other)).isInstanceOf(AcsStep.Send.class);
        assertThat(desks.get(1).ends).isEmpty();
    }

    @Test
    void a_session_is_nobody_elses_who_has_its_cookie_but_another_login() {
        inform("S1", new AcsConnection());
        Caller other = new Caller("192.0.2.2:5", false, Optional.of("S2"), Optional.empty());
        assertThat(refused(sessions.take(new Message(NOTHING, List.of("c1"), new AcsConnection(), other))
                                .step())
                        .reason())
                .contains("another login");
        assertThat(nothing(new AcsConnection(), "c1")).isInstanceOf(AcsStep.Send.class);
    }

    @Test
    void a_silent_session_ends_and_what_it_has_not_done_is_said() {
        inform("S1", new AcsConnection());
        now = now.plus(Limits.SILENCE);
        sessions.sweep();
        assertThat(sessions.size()).isEqualTo(1);
        now = now.plusMillis(1);
        sessions.sweep();
        assertThat(sessions.size()).isZero();
        assertThat(desks.getFirst().ends).hasSize(1);
        assertThat(nothing(new AcsConnection(), "c1")).isInstanceOf(AcsStep.Refuse.class);
    }

    @Test
    void a_device_may_ask_to_be_waited_for_within_reason() {
        inform("S1", new AcsConnection(), SoapHeader.EMPTY.withSessionTimeout(Duration.ofSeconds(60)));
        inform("S2", new AcsConnection(), SoapHeader.EMPTY.withSessionTimeout(Duration.ofDays(60)));
        inform("S3", new AcsConnection(), SoapHeader.EMPTY.withSessionTimeout(Duration.ZERO));
        now = now.plusSeconds(31);
        sessions.sweep();
        assertThat(desks.get(2).ends).hasSize(1);
        now = now.plusSeconds(30);
        sessions.sweep();
        assertThat(desks.get(0).ends).hasSize(1);
        assertThat(desks.get(1).ends).isEmpty();
        now = now.plus(Limits.LONGEST_SILENCE);
        sessions.sweep();
        assertThat(desks.get(1).ends).hasSize(1);
    }

    @Test
    void the_same_session_twice_at_once_answers_one_and_a_new_inform_waits_for_it() throws InterruptedException {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        reception = (_, _, _) -> new Reception.Welcome.In(new SlowDesk(atWork, goOn));
        inform("S1", new AcsConnection());
        AtomicReference<AcsStep> first = new AtomicReference<>();
        Thread slow = Thread.ofVirtual().start(() -> first.set(report("c1")));
        atWork.await();
        assertThat(refused(report("c1")).reason()).contains("another message");
        assertThat(inform("S1", new AcsConnection()).step()).isInstanceOf(AcsStep.Later.class);
        goOn.countDown();
        slow.join();
        assertThat(first.get()).isInstanceOf(AcsStep.Send.class);
    }

    private AcsStep report(String cookie) {
        Received kicked =
                new Received.Message(new Envelope(new CwmpNamespace(2), SoapHeader.EMPTY, new Kicked("", "", "", "")));
        return sessions.take(new Message(kicked, List.of(cookie), new AcsConnection(), CALLER))
                .step();
    }

    @Test
    void there_is_room_for_so_many_and_finished_sessions_make_room() {
        AcsConnection first = new AcsConnection();
        for (int i = 0; i < Limits.SESSIONS; i++) {
            assertThat(inform("S" + i, i == 0 ? first : new AcsConnection()).step())
                    .isInstanceOf(AcsStep.Send.class);
        }
        assertThat(inform("one more", new AcsConnection()).step()).isInstanceOf(AcsStep.Later.class);
        nothing(first);
        sessions.take(new Message(
                new Received.Message(
                        new Envelope(new CwmpNamespace(2), SoapHeader.EMPTY, new GetRpcMethodsResponse(List.of()))),
                List.of(),
                first,
                CALLER));
        assertThat(inform("one more", new AcsConnection()).step()).isInstanceOf(AcsStep.Send.class);
    }

    @Test
    void a_defect_of_ours_ends_the_session() {
        reception = (_, _, _) -> new Reception.Welcome.In(new FailingDesk());
        inform("S1", new AcsConnection());
        try {
            report("c1");
        } catch (IllegalStateException defect) {
            assertThat(refused(nothing(new AcsConnection(), "c1")).reason()).contains("defect");
            return;
        }
        throw new AssertionError("the defect was hidden");
    }

    @Test
    void all_end_with_the_acs() {
        inform("S1", new AcsConnection());
        inform("S2", new AcsConnection());
        sessions.close();
        assertThat(sessions.size()).isZero();
        assertThat(desks).allSatisfy(desk -> assertThat(desk.ends).containsExactly("false: the ACS stops"));
    }

    /// A desk whose store takes its time.
    private static final class SlowDesk implements DeviceDesk {
        private final TestDesk inner = new TestDesk();
        private final CountDownLatch atWork;
        private final CountDownLatch goOn;

        SlowDesk(CountDownLatch atWork, CountDownLatch goOn) {
            this.atWork = atWork;
            this.goOn = goOn;
        }

        @Override
        public boolean holdsReports() {
            return false;
        }

        @Override
        public Answer report(CpeRequest<?> report) {
            atWork.countDown();
            try {
                goOn.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return new KickedResponse("");
        }

        @Override
        public Optional<AcsRequest<?>> next() {
            return inner.next();
        }

        @Override
        public void answered(AcsRequest<?> request, Answer answer) {
            inner.answered(request, answer);
        }

        @Override
        public void ended(boolean inOrder, String reason) {
            inner.ended(inOrder, reason);
        }
    }

    /// A desk with a defect.
    private static final class FailingDesk implements DeviceDesk {
        @Override
        public boolean holdsReports() {
            return false;
        }

        @Override
        public Answer report(CpeRequest<?> report) {
            throw new IllegalStateException("a defect");
        }

        @Override
        public Optional<AcsRequest<?>> next() {
            return Optional.empty();
        }

        @Override
        public void answered(AcsRequest<?> request, Answer answer) {}

        @Override
        public void ended(boolean inOrder, String reason) {}
    }
}
