// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.EventKind;
import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.server.store.PostgresDeviceStore;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.server.store.WebhookOutbox.Delivery;
import dev.pharos.server.store.WebhookOutbox.State;
import dev.pharos.server.store.WebhookStore.Subscription;
import dev.pharos.server.webhook.Receiver.Received;
import dev.pharos.testkit.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks over a real PostgreSQL and real HTTP, with receivers of every sort.
final class WebhookRunnerTest {
    private final WebhookBed bed = new WebhookBed();
    private final Receiver receiver = new Receiver();

    @BeforeEach
    void begin() {
        bed.happens(3);
    }

    @AfterEach
    void end() {
        bed.close();
        receiver.close();
    }

    @Test
    void what_happens_from_now_on_is_told_once_and_signed() {
        String secret = bed.add(WebhookBed.everything("all", receiver.url()));
        bed.server();
        bed.happens(20);
        bed.awaitDeliveries("all", State.DELIVERED, 20);
        assertThat(receiver.received()).hasSize(20);
        assertThat(receiver.received().stream().map(Received::id)).doesNotHaveDuplicates();
        assertThat(receiver.received().stream().map(Received::seq)).doesNotHaveDuplicates();
        assertThat(receiver.received())
                .allSatisfy(
                        each -> assertThat(each.signature().split(" ")).containsExactly(Signature.of(secret, each)));
        assertThat(receiver.received().getFirst().json().get("type").stringValue())
                .isEqualTo("Event");
        assertThat(bed.webhook("all").health().lastSuccess()).contains(bed.clock.instant());
    }

    @Test
    void only_what_was_asked_for_is_told() {
        PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
        devices.create(DeviceRecord.unseen(WebhookBed.DEVICE, true, true, bed.clock.instant())
                .withTags(List.of("pilot")));
        bed.add(new Subscription("kinds", receiver.url(), Set.of(EventKind.WARNING), "", "", false));
        bed.add(new Subscription("path", receiver.url(), Set.of(), "", "Device.WiFi.", false));
        bed.add(new Subscription("name", receiver.url(), Set.of(), "", "Device.Boot!", false));
        bed.add(new Subscription("query", receiver.url(), Set.of(), "tag:pilot", "", false));
        bed.add(new Subscription("none", receiver.url(), Set.of(), "tag:other", "", false));
        bed.server();
        bed.happens(List.of(
                bed.event(EventKind.WARNING, "", ""),
                bed.event(EventKind.VALUE_CHANGE, "Device.WiFi.SSID.1.SSID", ""),
                bed.event(EventKind.EVENT, "Device.", "Boot!"),
                DeviceEvent.of(bed.clock.instant(), Optional.empty(), EventKind.WARNING, "of no device")));
        bed.awaitDeliveries("kinds", State.DELIVERED, 2);
        bed.awaitDeliveries("path", State.DELIVERED, 1);
        bed.awaitDeliveries("name", State.DELIVERED, 1);
        bed.awaitDeliveries("query", State.DELIVERED, 3);
        assertThat(bed.parts.outbox().busy(bed.clock.instant())).isEmpty();
        assertThat(bed.deliveries("none", State.DELIVERED)).isEmpty();
        assertThat(bed.deliveries("none", State.WAITING)).isEmpty();
        devices.delete(WebhookBed.DEVICE);
    }

    @Test
    void a_target_that_hangs_harms_no_other_and_is_left_after_its_time() {
        try (Receiver hanging = new Receiver().thatHangs()) {
            bed.add(WebhookBed.everything("hangs", hanging.url()));
            bed.add(WebhookBed.everything("well", receiver.url()));
            bed.server();
            long begin = System.nanoTime();
            bed.happens(50);
            bed.awaitDeliveries("well", State.DELIVERED, 50);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Limits.ANSWER);
            assertThat(hanging.received()).hasSizeLessThanOrEqualTo(Limits.AT_ONCE);
            bed.awaitWebhook("hangs", webhook -> webhook.health().failures() > 0);
            assertThat(bed.webhook("hangs").health().lastError()).isEqualTo("no whole answer within 10 s");
            assertThat(bed.deliveries("hangs", State.WAITING)).hasSize(50);
        }
    }

    @Test
    void a_target_that_drips_or_answers_without_end_is_left_too() {
        receiver.that(exchange -> {
            exchange.sendResponseHeaders(500, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    Thread.sleep(500);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        bed.add(WebhookBed.everything("drips", receiver.url()));
        long begin = System.nanoTime();
        Answer answer = bed.server().test(bed.webhook("drips"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Limits.ANSWER.plusSeconds(5));
        assertThat(answer.isDelivered()).isFalse();
        assertThat(answer.text()).isEqualTo("no whole answer within 10 s");
        receiver.that(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 16];
            while (true) {
                exchange.getResponseBody().write(much);
            }
        });
        assertThat(bed.server().test(bed.webhook("drips")).isDelivered()).isTrue();
    }

    @Test
    void what_was_answered_with_an_error_comes_again_later_with_the_same_id() {
        AtomicInteger asked = new AtomicInteger();
        receiver.that(exchange ->
                Receiver.answer(exchange, asked.incrementAndGet() == 1 ? 500 : 200, "not now, <b>sorry</b>"));
        bed.add(WebhookBed.everything("all", receiver.url()));
        bed.server();
        bed.happens(1);
        bed.awaitWebhook("all", webhook -> webhook.health().failures() == 1);
        Delivery waiting = bed.deliveries("all", State.WAITING).getFirst();
        assertThat(waiting.status()).contains(500);
        assertThat(waiting.answer()).isEqualTo("not now, <b>sorry</b>");
        assertThat(waiting.due())
                .isBetween(
                        bed.clock.instant().plusSeconds(5), bed.clock.instant().plusSeconds(10));
        bed.happens(5);
        await().during(Duration.ofSeconds(2)).until(() -> receiver.received().size() == 1);
        bed.later(Duration.ofSeconds(10));
        bed.awaitDeliveries("all", State.DELIVERED, 6);
        List<Received> ofFirst = receiver.received().stream()
                .filter(each -> each.id().equals(waiting.id().toString()))
                .toList();
        assertThat(ofFirst).hasSize(2);
        assertThat(ofFirst.get(1).body()).isEqualTo(ofFirst.get(0).body());
        assertThat(Long.parseLong(ofFirst.get(1).timestamp()))
                .isEqualTo(bed.clock.instant().getEpochSecond());
        assertThat(bed.webhook("all").health().lastError()).isEmpty();
    }

    @Test
    void one_delivery_that_is_refused_does_not_hold_up_the_others() {
        receiver.that(exchange -> Receiver.answer(exchange, receiver.received().size() == 1 ? 400 : 204, ""));
        bed.add(WebhookBed.everything("all", receiver.url()));
        bed.server();
        bed.happens(1);
        bed.awaitReceived(receiver, 1);
        bed.happens(9);
        bed.awaitDeliveries("all", State.DELIVERED, 9);
        assertThat(bed.deliveries("all", State.WAITING)).hasSize(1);
        assertThat(bed.webhook("all").health().failures()).isZero();
    }

    @Test
    void a_redirect_is_not_followed() {
        try (Receiver other = new Receiver()) {
            receiver.that(exchange -> {
                exchange.getResponseHeaders().add("Location", other.url());
                Receiver.answer(exchange, 307, "");
            });
            bed.add(WebhookBed.everything("moved", receiver.url()));
            Answer answer = bed.server().test(bed.webhook("moved"));
            assertThat(answer.isDelivered()).isFalse();
            assertThat(answer.sentence())
                    .isEqualTo("it answered 307: a redirect to " + other.url() + ", which is not followed");
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    void a_target_that_is_away_gets_everything_when_it_is_back() {
        int port = receiver.port();
        receiver.close();
        bed.add(WebhookBed.everything("away", "http://127.0.0.1:" + port + "/"));
        bed.server();
        bed.happens(30);
        bed.awaitWebhook("away", webhook -> webhook.health().lastError().equals("nobody listens there"));
        try (Receiver back = new Receiver(port)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                bed.later(Duration.ofMinutes(10));
                return bed.deliveries("away", State.DELIVERED).size() == 30;
            });
            assertThat(back.received().stream().map(Received::seq)).hasSize(30).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_server_that_died_with_deliveries_in_its_hands_loses_none() {
        bed.add(WebhookBed.everything("all", receiver.url()));
        bed.happens(10);
        Instant now = bed.clock.instant();
        bed.parts.outbox().feed(bed.webhook("all"), Optional.empty(), now, Limits.GIVEN_UP);
        assertThat(bed.parts.outbox().claim(bed.webhook("all").id(), 4, now, now.plus(Limits.TAKEN)))
                .hasSize(4);
        bed.server();
        bed.awaitDeliveries("all", State.DELIVERED, 6);
        bed.later(Limits.TAKEN);
        bed.awaitDeliveries("all", State.DELIVERED, 10);
        assertThat(receiver.received()).hasSize(10);
    }

    @Test
    void a_late_answer_to_a_try_of_before_does_not_count() {
        bed.add(WebhookBed.everything("all", receiver.url()));
        bed.happens(1);
        Instant now = bed.clock.instant();
        long id = bed.webhook("all").id();
        bed.parts.outbox().feed(bed.webhook("all"), Optional.empty(), now, Limits.GIVEN_UP);
        Delivery first = bed.parts.outbox().claim(id, 1, now, now).getFirst();
        Delivery second =
                bed.parts.outbox().claim(id, 1, now, now.plus(Limits.TAKEN)).getFirst();
        assertThat(second.id()).isEqualTo(first.id());
        Answer failed = new Answer(Optional.of(500), "", Optional.empty(), Duration.ZERO);
        bed.parts
                .outbox()
                .settle(
                        first,
                        bed.parts.sender().settlement(first, failed),
                        bed.parts.sender().target(bed.webhook("all"), failed));
        assertThat(bed.deliveries("all", State.WAITING).getFirst().due()).isEqualTo(now.plus(Limits.TAKEN));
    }

    @Test
    void two_servers_tell_each_event_once() {
        bed.add(WebhookBed.everything("all", receiver.url()));
        bed.server();
        bed.server();
        for (int i = 0; i < 10; i++) {
            bed.happens(30);
        }
        bed.awaitDeliveries("all", State.DELIVERED, 300);
        assertThat(receiver.received()).hasSize(300);
        assertThat(new HashSet<>(receiver.received().stream().map(Received::seq).toList()))
                .hasSize(300);
    }

    @Test
    void what_cannot_be_delivered_within_its_time_is_given_up_and_can_be_sent_again() {
        receiver.that(exchange -> Receiver.answer(exchange, 503, ""));
        bed.add(WebhookBed.everything("all", receiver.url()));
        WebhookDesk desk = bed.server();
        bed.happens(3);
        bed.awaitWebhook("all", webhook -> webhook.health().failures() > 0);
        bed.later(Limits.GIVEN_UP);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            bed.later(Limits.LONGEST_WAIT);
            return bed.deliveries("all", State.DEAD).size() == 3;
        });
        assertThat(bed.webhook("all").health().dead()).isEqualTo(3);
        receiver.that(exchange -> Receiver.answer(exchange, 200, ""));
        assertThat(desk.again(
                        bed.webhook("all"),
                        bed.deliveries("all", State.DEAD).getFirst().id()))
                .isTrue();
        assertThat(desk.deadAgain(bed.webhook("all"))).isEqualTo(2);
        bed.later(Limits.LONGEST_WAIT);
        bed.awaitDeliveries("all", State.DELIVERED, 3);
    }

    @Test
    void the_events_of_a_time_are_told_again_also_those_before_the_webhook() {
        bed.later(Duration.ofHours(1));
        Instant from = bed.clock.instant();
        bed.happens(1_200);
        bed.later(Duration.ofHours(1));
        bed.happens(5);
        bed.add(new Subscription("late", receiver.url(), Set.of(EventKind.EVENT), "", "", false));
        WebhookDesk desk = bed.server();
        assertThat(desk.replay(bed.webhook("late"), from, from.plusSeconds(60))).contains(1_200L);
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.received().size() == 1_200);
        await().atMost(Duration.ofSeconds(60)).until(() -> !bed.webhook("late").replaying());
        assertThat(receiver.received().stream().map(Received::seq)).doesNotHaveDuplicates();
        assertThat(desk.replay(bed.webhook("late"), from, from.plusSeconds(60))).contains(1_200L);
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.received().size() == 2_400);
        assertThat(new HashSet<>(receiver.received().stream().map(Received::id).toList()))
                .hasSize(1_200);
    }

    @Test
    void what_happens_while_it_is_paused_is_told_when_it_goes_on_unless_it_is_left_out() {
        bed.add(WebhookBed.everything("all", receiver.url()));
        WebhookDesk desk = bed.server();
        desk.pause(bed.webhook("all"), "for the night");
        bed.happens(7);
        await().during(Duration.ofSeconds(2)).until(() -> receiver.received().isEmpty());
        desk.resume(bed.webhook("all"), false);
        bed.awaitDeliveries("all", State.DELIVERED, 7);
        desk.pause(bed.webhook("all"), "");
        bed.happens(7);
        desk.resume(bed.webhook("all"), true);
        bed.happens(1);
        bed.awaitDeliveries("all", State.DELIVERED, 8);
        await().during(Duration.ofSeconds(2)).until(() -> receiver.received().size() == 8);
    }

    @Test
    void a_webhook_whose_query_has_become_none_is_paused_and_says_why() {
        bed.add(new Subscription("wrong", receiver.url(), Set.of(), "tag:(", "", false));
        bed.server();
        bed.happens(1);
        bed.awaitWebhook("wrong", webhook -> webhook.paused());
        assertThat(bed.webhook("wrong").note()).startsWith("its query has become none: ");
    }

    @Test
    void a_stop_gives_back_what_is_under_way() {
        try (Receiver hanging = new Receiver().thatHangs()) {
            bed.add(WebhookBed.everything("hangs", hanging.url()));
            bed.server();
            bed.happens(2);
            bed.awaitReceived(hanging, 2);
            bed.stopServers();
            assertThat(bed.deliveries("hangs", State.WAITING))
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each.tries()).isZero())
                    .allSatisfy(each -> assertThat(each.due()).isEqualTo(bed.clock.instant()));
        }
    }

    @Test
    void a_target_with_a_certificate_that_nobody_trusts_is_told_nothing(@TempDir Path folder) throws Exception {
        TestAuthority.Files own = new TestAuthority(folder).issueSelfSigned();
        TlsSettings identity = TlsSettings.trustingTheRuntime().withCertificate(own.chain(), own.key());
        try (Receiver secure = new Receiver(HttpsTrust.withCertificate(identity))) {
            bed.add(WebhookBed.everything("secure", secure.url()));
            Answer answer = bed.server().test(bed.webhook("secure"));
            assertThat(answer.text()).startsWith("no TLS that is trusted");
            assertThat(secure.received()).isEmpty();
        }
    }
}
