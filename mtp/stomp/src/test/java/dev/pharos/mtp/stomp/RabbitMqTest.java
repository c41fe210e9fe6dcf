// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RabbitMq;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With RabbitMQ where it is installed (Debian: `rabbitmq-server`). One broker serves all tests, since it takes long to
/// start.
class RabbitMqTest extends BrokerBehaviour {
    private static @Nullable RabbitMq shared;

    @BeforeAll
    static void launch(@TempDir Path place) throws IOException {
        assumeTrue(
                RabbitMq.binary().isPresent(),
                "RabbitMQ is not installed: its tests are skipped (apt-get install rabbitmq-server)");
        shared = new RabbitMq(place, "stomp");
    }

    @AfterAll
    static void end() throws IOException {
        if (shared != null) {
            shared.close();
        }
    }

    @Override
    TestBroker startBroker() {
        RabbitMq running = shared;
        if (running == null) {
            throw new IllegalStateException("RabbitMQ does not run");
        }
        return new TestBroker() {
            @Override
            public URI uri() {
                return running.uri();
            }

            @Override
            public void restart() throws IOException {
                running.restart();
            }

            @Override
            public void close() {
                // It serves the next test too.
            }
        };
    }

    @Override
    StompSession session() {
        return super.session().withLogin("guest", "guest").withVirtualHost("/");
    }

    @Test
    @Requirement({"R-STOMP.3", "R-STOMP.7"})
    void a_wrong_passcode_is_told_and_the_right_one_gets_in() throws IOException {
        StompConfig config = StompConfig.agent(broker().uri(), AGENT, "/topic/c");
        try (StompMtp wrong = new StompMtp(config.withSession(session().withLogin("guest", "guess")))) {
            wrong.start(atController);
            assertThat(atController.next(Event.Refused.class).reason()).contains("the broker says");
            atController.next(Event.Refused.class);
        }
        RecordingReceiver other = new RecordingReceiver();
        try (StompMtp right = new StompMtp(config.withSession(session()))) {
            right.start(other);
            assertThat(other.nextConnected().isOpen()).isTrue();
        }
    }
}
