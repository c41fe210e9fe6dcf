// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import static org.awaitility.Awaitility.await;

import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.server.store.PostgresEventStore;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.server.store.WebhookOutbox.Delivery;
import dev.pharos.server.store.WebhookOutbox.State;
import dev.pharos.server.store.WebhookStore.StoredWebhook;
import dev.pharos.server.store.WebhookStore.Subscription;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// A real history, in which events are written, and runners that share it as servers do.
final class WebhookBed implements AutoCloseable {
    static final EndpointId DEVICE = EndpointId.of("proto::told");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final ManualClock clock = ManualClock.standing();
    final PostgresEventStore events = new PostgresEventStore(TestDatabase.database());
    final WebhookRunner.Parts parts = parts();
    private final List<WebhookRunner> runners = new ArrayList<>();

    WebhookBed() {
        close();
    }

    private WebhookRunner.Parts parts() {
        return WebhookRunner.Parts.over(TestDatabase.database(), QueryParser::parse, clock);
    }

    /// As a server has one.
    WebhookDesk server() {
        WebhookRunner.Parts own = parts();
        WebhookRunner runner = new WebhookRunner(own).start();
        runners.add(runner);
        return new WebhookDesk(own, runner);
    }

    static Subscription everything(String name, String url) {
        return new Subscription(name, url, Set.of(), "", "", false);
    }

    StoredWebhook webhook(String name) {
        return parts.webhooks().find(name).orElseThrow();
    }

    /// @return its secret
    String add(Subscription made) {
        return new WebhookDesk(parts, new WebhookRunner(parts))
                .make(made, "a test")
                .orElseThrow();
    }

    DeviceEvent event(EventKind kind, String path, String name) {
        return new DeviceEvent(clock.instant(), Optional.of(DEVICE), kind, path, name, "", Map.of(), "", "it happened");
    }

    void happens(int times) {
        happens(IntStream.range(0, times)
                .mapToObj(_ -> event(EventKind.EVENT, "Device.", "Boot!"))
                .toList());
    }

    void happens(List<DeviceEvent> all) {
        events.append(all.stream().map(event -> new NewEvent(event, "")).toList());
        runners.forEach(WebhookRunner::wake);
    }

    void later(Duration by) {
        clock.advance(by);
        runners.forEach(WebhookRunner::wake);
    }

    List<Delivery> deliveries(String name, State state) {
        return parts.outbox().list(webhook(name).id(), Optional.of(state), Long.MAX_VALUE, 1_000);
    }

    void awaitDeliveries(String name, State state, int count) {
        await().atMost(PATIENCE).until(() -> deliveries(name, state).size() == count);
    }

    void awaitWebhook(String name, Predicate<StoredWebhook> as) {
        await().atMost(PATIENCE).until(() -> as.test(webhook(name)));
    }

    void awaitReceived(Receiver receiver, int count) {
        await().atMost(PATIENCE).until(() -> receiver.received().size() >= count);
    }

    void stopServers() {
        runners.forEach(WebhookRunner::close);
        runners.clear();
    }

    @Override
    public void close() {
        stopServers();
        parts.webhooks().all().forEach(webhook -> parts.webhooks().remove(webhook.name()));
    }
}
