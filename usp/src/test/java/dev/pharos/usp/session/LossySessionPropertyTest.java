// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.session.TwoSessions.End;
import dev.pharos.usp.session.TwoSessions.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Whatever the network does, Messages arrive once and in order, or the session says that it began anew.
class LossySessionPropertyTest {
    private final List<Bytes> fromAgent = new ArrayList<>();
    private final List<Bytes> fromController = new ArrayList<>();

    private static Bytes message(String name, int size) {
        byte[] content = new byte[Math.max(size, name.length())];
        byte[] text = Bytes.ofUtf8(name).toByteArray();
        System.arraycopy(text, 0, content, 0, text.length);
        return Bytes.adopt(content);
    }

    private void talk(TwoSessions two, Random random, int messages) {
        fromAgent.clear();
        fromController.clear();
        for (int number = 0; number < messages; number++) {
            boolean agent = random.nextBoolean();
            Bytes message = message((agent ? "a" : "c") + number, random.nextInt(3000));
            (agent ? fromAgent : fromController).add(message);
            two.send(agent ? two.agent : two.controller, message);
            if (random.nextInt(3) == 0) {
                two.pass(Duration.ofMillis(random.nextInt(4000)));
            }
        }
    }

    private static TwoSessions open(SessionPolicy policy, Weather weather, long seed) {
        TwoSessions two = new TwoSessions(policy, Weather.FINE, seed);
        two.take(two.agent, two.agent.session.open(two.now));
        two.pass(Duration.ofSeconds(2));
        two.weather = weather;
        return two;
    }

    @Property(tries = 300)
    @Requirement({"R-E2E.14", "R-E2E.15", "R-E2E.16", "R-E2E.17", "R-E2E.20", "R-E2E.25"})
    void all_messages_arrive_once_and_in_order_where_records_may_be_repeated(
            @ForAll long seed,
            @ForAll @IntRange(max = 10) int loss,
            @ForAll @IntRange(max = 20) int doubles,
            @ForAll @IntRange(max = 400) int jitter) {
        SessionPolicy patient = TwoSessions.policy().withMaxRetransmitTries(-1).withMaxRecordBytes(512);
        TwoSessions two = open(patient, new Weather(loss, doubles, jitter), seed);

        talk(two, new Random(seed), 25);
        two.pass(Duration.ofSeconds(30));
        two.weather = Weather.FINE;
        two.pass(Duration.ofSeconds(60));

        assertThat(two.agent.restarts() + two.controller.restarts()).isZero();
        assertThat(two.controller.delivered).isEqualTo(fromAgent);
        assertThat(two.agent.delivered).isEqualTo(fromController);
    }

    @Property(tries = 300)
    @Requirement("R-E2E.21")
    void where_nothing_may_be_repeated_the_session_begins_anew_and_no_message_is_lost_unsaid(
            @ForAll long seed,
            @ForAll @IntRange(max = 30) int loss,
            @ForAll @IntRange(max = 30) int doubles,
            @ForAll @IntRange(max = 1500) int jitter) {
        SessionPolicy strict = TwoSessions.policy().withMaxRecordBytes(512);
        TwoSessions two = new TwoSessions(strict, new Weather(loss, doubles, jitter), seed);

        talk(two, new Random(seed), 25);
        two.pass(Duration.ofMinutes(2));
        two.weather = Weather.FINE;
        two.pass(Duration.ofMinutes(10));

        // Where every Record that would have shown that one is missing was lost too, the next Message shows it.
        fromAgent.add(message("last", 10));
        fromController.add(message("last", 10));
        two.send(two.agent, message("last", 10));
        two.send(two.controller, message("last", 10));
        two.pass(Duration.ofMinutes(10));

        nothingIsLostUnsaid(two);
        assertThat(two.agent.delivered).contains(message("last", 10));
        assertThat(two.controller.delivered).contains(message("last", 10));
    }

    @Property(tries = 100)
    void both_sides_that_begin_at_once_end_in_the_same_session(
            @ForAll long seed, @ForAll @IntRange(max = 200) int jitter) {
        TwoSessions two = new TwoSessions(TwoSessions.policy(), new Weather(0, 0, jitter), seed);
        two.send(two.agent, message("a", 10));
        two.send(two.controller, message("c", 10));
        two.pass(Duration.ofSeconds(10));
        two.send(two.agent, message("a", 10));
        two.pass(Duration.ofSeconds(60));

        assertThat(two.agent.session.sessionId()).isEqualTo(two.controller.session.sessionId());
        assertThat(two.agent.delivered).containsOnly(message("c", 10)).isNotEmpty();
        assertThat(two.controller.delivered).containsOnly(message("a", 10)).isNotEmpty();
    }

    private void nothingIsLostUnsaid(TwoSessions two) {
        everyOneArrivedOrWasGivenUp(fromAgent, two.agent, two.controller);
        everyOneArrivedOrWasGivenUp(fromController, two.controller, two.agent);
    }

    private static void everyOneArrivedOrWasGivenUp(List<Bytes> sent, End from, End to) {
        Set<Bytes> accounted = new HashSet<>(to.delivered);
        accounted.addAll(from.abandoned());
        assertThat(accounted).containsAll(sent);
        assertThat(sent).containsAll(to.delivered);
        List<Integer> inThisContext = new ArrayList<>();
        for (SessionEvent event : to.events) {
            switch (event) {
                case SessionEvent.Delivered(Bytes message) -> inThisContext.add(sent.indexOf(message));
                case SessionEvent.Adopted _, SessionEvent.Restarted _ -> {
                    assertThat(inThisContext).isSorted().doesNotHaveDuplicates();
                    inThisContext.clear();
                }
                case SessionEvent.Ignored _,
                        SessionEvent.Abandoned _,
                        SessionEvent.Secured _,
                        SessionEvent.Distrusted _ -> {}
            }
        }
        assertThat(inThisContext).isSorted().doesNotHaveDuplicates();
    }
}
