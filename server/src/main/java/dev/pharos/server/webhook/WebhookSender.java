// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import dev.pharos.server.store.WebhookOutbox.Delivery;
import dev.pharos.server.store.WebhookOutbox.Settlement;
import dev.pharos.server.store.WebhookOutbox.State;
import dev.pharos.server.store.WebhookOutbox.TargetState;
import dev.pharos.server.store.WebhookStore.StoredWebhook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Sends one delivery, signed, and says what is to become of it.
public final class WebhookSender implements AutoCloseable {
    private final TargetClient client = new TargetClient();
    private final WebhookSecrets secrets;
    private final Clock clock;
    private final RandomGenerator random;

    public WebhookSender(WebhookSecrets secrets, Clock clock, RandomGenerator random) {
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    /// A delivery that is of no event, sent here and now.
    public Answer test(StoredWebhook webhook) {
        return send(webhook, UUID.randomUUID().toString(), WebhookTexts.test(webhook.name(), clock.instant()));
    }

    Answer send(StoredWebhook webhook, String id, String body) {
        Instant now = clock.instant();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", secrets.signatures(webhook.salts(), id, now, body));
        headers.put("User-Agent", "Pharos");
        return client.post(webhook.subscription().url(), headers, body);
    }

    /// @param tried after this many tries
    Settlement settlement(Delivery tried, Answer answer) {
        Instant now = clock.instant();
        Instant next = now.plus(wait(tried.tries(), answer));
        State state =
                answer.isDelivered() ? State.DELIVERED : now.isBefore(tried.expires()) ? State.WAITING : State.DEAD;
        // the last try is when the time is over, not later
        Instant due = state == State.WAITING && next.isAfter(tried.expires()) ? tried.expires() : next;
        return new Settlement(state, due, now, answer.status(), answer.text());
    }

    TargetState target(StoredWebhook webhook, Answer answer) {
        boolean well = answer.isDelivered() || !answer.isOfTarget();
        return well
                ? new TargetState("", Instant.EPOCH)
                : new TargetState(
                        answer.sentence(),
                        clock.instant().plus(wait(webhook.health().failures() + 1, answer)));
    }

    private Duration wait(int attempt, Answer answer) {
        Duration wait = Limits.BACKOFF.waitBefore(attempt, random);
        Duration asked = answer.retryAfter().orElse(Duration.ZERO);
        Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
        return longer.compareTo(Limits.LONGEST_WAIT) > 0 ? Limits.LONGEST_WAIT : longer;
    }

    @Override
    public void close() {
        client.close();
    }
}
