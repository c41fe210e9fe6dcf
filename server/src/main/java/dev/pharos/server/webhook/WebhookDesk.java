// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import dev.pharos.server.store.WebhookOutbox;
import dev.pharos.server.store.WebhookOutbox.Delivery;
import dev.pharos.server.store.WebhookOutbox.State;
import dev.pharos.server.store.WebhookStore;
import dev.pharos.server.store.WebhookStore.StoredWebhook;
import dev.pharos.server.store.WebhookStore.Subscription;
import dev.pharos.usp.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What people do with webhooks.
public final class WebhookDesk {
    private final WebhookStore webhooks;
    private final WebhookOutbox outbox;
    private final WebhookSecrets secrets;
    private final WebhookSender sender;
    private final WebhookRunner runner;
    private final Clock clock;

    /// @param runner made of these parts
    public WebhookDesk(WebhookRunner.Parts parts, WebhookRunner runner) {
        this.webhooks = parts.webhooks();
        this.outbox = parts.outbox();
        this.secrets = parts.secrets();
        this.sender = parts.sender();
        this.runner = runner;
        this.clock = parts.clock();
    }

    public List<StoredWebhook> all() {
        return webhooks.all();
    }

    public Optional<StoredWebhook> find(String name) {
        return webhooks.find(name);
    }

    /// @return its secret, known only here and now; empty where there are as many as may be, or one of this name
    public Optional<String> make(Subscription made, String by) {
        Bytes salt = WebhookSecrets.salt();
        boolean kept = webhooks.add(made, salt, clock.instant(), by);
        runner.wake();
        return kept ? Optional.of(secrets.shown(salt)) : Optional.empty();
    }

    public void remove(String name) {
        webhooks.remove(name);
    }

    public void pause(StoredWebhook webhook, String note) {
        webhooks.pause(webhook.id(), note);
    }

    /// @param skip whether what happened since it was paused is left out
    public void resume(StoredWebhook webhook, boolean skip) {
        webhooks.resume(webhook.id(), skip, expiry());
        runner.wake();
    }

    /// @return another secret, known only here and now; the one of before signs too for [Limits#ROTATION]
    public String rotate(StoredWebhook webhook) {
        Bytes salt = WebhookSecrets.salt();
        webhooks.rotate(webhook.id(), salt, clock.instant().plus(Limits.ROTATION));
        return secrets.shown(salt);
    }

    public Answer test(StoredWebhook webhook) {
        return sender.test(webhook);
    }

    /// Newest events first.
    public List<Delivery> deliveries(StoredWebhook webhook, Optional<State> state, long before, int limit) {
        return outbox.list(webhook.id(), state, before, limit);
    }

    /// @return whether it is there
    public boolean again(StoredWebhook webhook, UUID delivery) {
        boolean there = outbox.again(webhook.id(), delivery, clock.instant(), expiry());
        runner.wake();
        return there;
    }

    /// @return how many
    public int deadAgain(StoredWebhook webhook) {
        int dead = outbox.deadAgain(webhook.id(), clock.instant(), expiry());
        runner.wake();
        return dead;
    }

    /// @return how many events are looked at; empty where that is still being done for another time
    public Optional<Long> replay(StoredWebhook webhook, Instant from, Instant to) {
        Optional<Long> events = outbox.replay(webhook.id(), from, to);
        runner.wake();
        return events;
    }

    private Instant expiry() {
        return clock.instant().plus(Limits.GIVEN_UP);
    }
}
