// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.integrity.TestCertificates;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.session.TwoSessions.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/// Whatever the network does to Records under TLS, handshake included, Messages arrive once and in order.
class LossySecureSessionPropertyTest {
    private static final TestCertificates AUTHORITY = new TestCertificates("authority");
    private static final SecureIdentity AGENT =
            AUTHORITY.issue(TwoSessions.AGENT).trusting(AUTHORITY);
    private static final SecureIdentity CONTROLLER =
            AUTHORITY.issue(TwoSessions.CONTROLLER).trusting(AUTHORITY);

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    @Requirement({"R-E2E.16", "R-E2E.20", "R-E2E.25"})
    void messages_arrive_once_and_in_order_through_loss_doubles_and_disorder(
            @ForAll long seed,
            @ForAll @IntRange(max = 15) int loss,
            @ForAll @IntRange(max = 20) int doubles,
            @ForAll @IntRange(max = 400) int jitter) {
        Random random = new Random(seed);
        SessionPolicy policy = TwoSessions.policy()
                .withMode(SessionMode.REQUIRE)
                .withSecurity(PayloadSecurity.TLS12)
                .withMaxRetransmitTries(-1)
                .withMaxRecordBytes(random.nextBoolean() ? 1400 : 0);
        TwoSessions two = new TwoSessions(
                policy, new Weather(loss, doubles, jitter), seed, Optional.of(AGENT), Optional.of(CONTROLLER));
        List<Bytes> fromAgent = new ArrayList<>();
        List<Bytes> fromController = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            byte[] content = new byte[1 + random.nextInt(4000)];
            random.nextBytes(content);
            boolean agent = random.nextBoolean();
            (agent ? fromAgent : fromController).add(Bytes.copyOf(content));
            two.send(agent ? two.agent : two.controller, Bytes.adopt(content));
            two.pass(Duration.ofMillis(random.nextInt(3000)));
        }
        two.pass(Duration.ofSeconds(30));
        two.weather = Weather.FINE;
        two.pass(Duration.ofMinutes(20));

        // A handshake may be given up and begun anew, and a Message be sent again in the next session: then it may
        // come twice, as in plaintext, but nothing is invented, and nothing is lost unless somebody is told.
        assertThat(fromAgent).containsAll(two.controller.delivered);
        assertThat(fromController).containsAll(two.agent.delivered);
        List<Bytes> accounted = new ArrayList<>(two.controller.delivered);
        accounted.addAll(two.agent.delivered);
        accounted.addAll(two.agent.abandoned());
        accounted.addAll(two.controller.abandoned());
        assertThat(accounted).containsAll(fromAgent).containsAll(fromController);
        if (two.agent.restarts() + two.controller.restarts() == 0) {
            assertThat(two.controller.delivered).isEqualTo(fromAgent);
            assertThat(two.agent.delivered).isEqualTo(fromController);
        }
    }
}
