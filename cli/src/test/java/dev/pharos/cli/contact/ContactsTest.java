// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.connection.Dialler;
import dev.pharos.agent.connection.Route;
import dev.pharos.mtp.Mtp;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How controllers are reached, and that it is told when they come and go.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContactsTest {
    private static final EndpointId AGENT = EndpointId.of("self::agent");
    private static final EndpointId CONTROLLER = EndpointId.of("self::controller");

    private final AtomicLong nanos = new AtomicLong();
    private final Contacts contacts = new Contacts(nanos::get);
    private final BlockingQueue<Contacts.News> news = new LinkedBlockingQueue<>();

    private void awaitState(int line, Contacts.State state) {
        await().until(() -> contacts.of(CONTROLLER).get(line).state() == state);
    }

    private Contacts.News news() throws InterruptedException {
        return Objects.requireNonNull(news.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void a_controller_comes_with_its_first_connection_and_goes_with_its_last() throws Exception {
        contacts.onNews(news::add);
        try (InProcessMtp.Pair one = InProcessMtp.pair(AGENT, CONTROLLER);
                InProcessMtp.Pair two = InProcessMtp.pair(AGENT, CONTROLLER);
                Mtp first = contacts.watched(CONTROLLER, one.first());
                Mtp second = contacts.watched(CONTROLLER, two.first())) {
            first.start(new RecordingReceiver());
            second.start(new RecordingReceiver());
            assertThat(contacts.of(CONTROLLER))
                    .extracting(Contacts.Contact::state)
                    .containsOnly(Contacts.State.CONNECTING);

            one.second().start(new RecordingReceiver());
            assertThat(news()).isEqualTo(new Contacts.News(CONTROLLER, true, first.description(), ""));
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            two.second().start(new RecordingReceiver());
            awaitState(1, Contacts.State.UP);
            assertThat(contacts.of(CONTROLLER))
                    .containsExactly(
                            new Contacts.Contact(first.description(), Contacts.State.UP, Duration.ofSeconds(5)),
                            new Contacts.Contact(second.description(), Contacts.State.UP, Duration.ZERO));

            one.cut("pulled");
            awaitState(0, Contacts.State.CONNECTING);
            assertThat(contacts.lastError(CONTROLLER)).contains("pulled");
            two.cut("pulled too");
            assertThat(news()).isEqualTo(new Contacts.News(CONTROLLER, false, second.description(), "pulled too"));
            assertThat(news).isEmpty();
        }
        assertThat(contacts.of(CONTROLLER)).isEmpty();
    }

    @Test
    void a_way_that_cannot_be_used_is_the_last_error_of_its_controller() {
        Dialler dialler = contacts.watching((agent, controller, route) -> {
            throw new IllegalArgumentException("no such way");
        });

        assertThatIllegalArgumentException()
                .isThrownBy(() -> dialler.dial(AGENT, CONTROLLER, new Route.Uds(Path.of("nowhere"))));

        assertThat(contacts.lastError(CONTROLLER)).contains("no such way");
        assertThat(contacts.of(CONTROLLER)).isEmpty();
    }
}
