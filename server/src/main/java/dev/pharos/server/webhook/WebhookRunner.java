// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.UnresolvedGroupException;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.server.store.WebhookOutbox;
import dev.pharos.server.store.WebhookOutbox.Delivery;
import dev.pharos.server.store.WebhookStore;
import dev.pharos.server.store.WebhookStore.StoredWebhook;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what happened into the outbox of each webhook, and sends what is due. One thread looks; each delivery that is
/// under way has one of its own, and each target a few at most, so that none waits for another. Nobody waits for
/// either.
public final class WebhookRunner implements ControllerObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookRunner.class);

    private final Parts parts;
    private final Semaphore wakes = new Semaphore(0);
    private final Map<Long, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread = Thread.ofVirtual().name("webhooks").unstarted(this::run);
    private Instant tidied = Instant.EPOCH;
    private volatile boolean closing;

    /// Whether anybody is told of anything: else events need not wake us.
    private volatile boolean any = true;

    /// What it works with.
    public record Parts(
            WebhookStore webhooks,
            WebhookOutbox outbox,
            AudienceReader queries,
            WebhookSecrets secrets,
            WebhookSender sender,
            Clock clock) {

        public static Parts over(Database database, AudienceReader queries, Clock clock) {
            WebhookSecrets secrets = WebhookSecrets.of(new ServerKeyStore(database));
            return new Parts(
                    new WebhookStore(database),
                    new WebhookOutbox(database, WebhookTexts::of),
                    queries,
                    secrets,
                    new WebhookSender(secrets, clock, RandomGenerator.getDefault()),
                    clock);
        }
    }

    public WebhookRunner(Parts parts) {
        this.parts = parts;
    }

    public WebhookRunner start() {
        thread.start();
        return this;
    }

    /// Looks now.
    public void wake() {
        wakes.release();
    }

    @Override
    public void eventStored(StoredEvent event) {
        if (any) {
            wake();
        }
    }

    private void run() {
        try {
            while (!closing) {
                if (!look()) {
                    wakes.tryAcquire(Limits.LOOK.toMillis(), TimeUnit.MILLISECONDS);
                    wakes.drainPermits();
                }
            }
        } catch (InterruptedException stop) {
            LOG.debug("webhooks stop");
        }
    }

    /// @return whether there may be more to do at once
    private boolean look() throws InterruptedException {
        try {
            Instant now = parts.clock().instant();
            Set<Long> busy = new HashSet<>(parts.outbox().busy(now));
            List<StoredWebhook> webhooks = parts.webhooks().active();
            any = !webhooks.isEmpty();
            boolean more = false;
            for (StoredWebhook webhook : webhooks) {
                if (busy.contains(webhook.id())) {
                    more |= parts.webhooks().forOwner(webhook, () -> feed(webhook, now));
                    send(webhook, now);
                }
            }
            tidy(now);
            return more;
        } catch (StoreException failed) {
            LOG.warn("webhooks wait for the database: {}", failed.getMessage());
        } catch (RejectedExecutionException stopping) {
            LOG.debug("webhooks stop", stopping);
        } catch (RuntimeException defect) {
            LOG.error("webhooks failed, which is tried again", defect);
        }
        Thread.sleep(Limits.LOOK);
        return false;
    }

    private boolean feed(StoredWebhook webhook, Instant now) {
        try {
            String query = webhook.subscription().query();
            Optional<Condition> devices = query.isBlank()
                    ? Optional.empty()
                    : Optional.of(parts.queries().read(query));
            return parts.outbox().feed(webhook, devices, now, Limits.GIVEN_UP);
        } catch (QueryException wrong) {
            pause(webhook, wrong.reason());
        } catch (UnresolvedGroupException unresolved) {
            pause(webhook, unresolved.reason());
        }
        return false;
    }

    /// Nothing is lost: it goes on where it stopped.
    private void pause(StoredWebhook webhook, String why) {
        LOG.warn("the webhook {} is paused: its query has become none: {}", webhook.name(), why);
        parts.webhooks().pause(webhook.id(), "its query has become none: " + why);
    }

    private void send(StoredWebhook webhook, Instant now) {
        AtomicInteger running = underWay.computeIfAbsent(webhook.id(), _ -> new AtomicInteger());
        boolean failing = webhook.health().failures() > 0;
        int free = (failing ? 1 : Limits.AT_ONCE) - running.get();
        if (free <= 0 || now.isBefore(webhook.health().retryAt())) {
            return;
        }
        for (Delivery delivery : parts.outbox().claim(webhook.id(), free, now, now.plus(Limits.TAKEN))) {
            running.incrementAndGet();
            deliveries.execute(() -> {
                try {
                    deliver(webhook, delivery);
                } finally {
                    running.decrementAndGet();
                    wake();
                }
            });
        }
    }

    /// One, and those that are due after it as long as all is well, so that a busy target need not wait for the next
    /// look; not too many, since the webhook may have changed meanwhile.
    private void deliver(StoredWebhook webhook, Delivery first) {
        Optional<Delivery> next = Optional.of(first);
        try {
            for (int turn = 0; next.isPresent() && turn < Limits.IN_A_ROW; turn++) {
                boolean well = attempt(webhook, next.get());
                Instant now = parts.clock().instant();
                next = well && !closing && turn + 1 < Limits.IN_A_ROW
                        ? parts.outbox().claim(webhook.id(), 1, now, now.plus(Limits.TAKEN)).stream()
                                .findFirst()
                        : Optional.empty();
            }
        } catch (StoreException failed) {
            LOG.warn(
                    "what came of a delivery to the webhook {} could not be kept, and it is sent again: {}",
                    webhook.name(),
                    failed.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("a delivery to the webhook {} failed", webhook.name(), defect);
        }
    }

    /// @return whether it was delivered
    private boolean attempt(StoredWebhook webhook, Delivery delivery) {
        WebhookSender sender = parts.sender();
        Answer answer = sender.send(webhook, delivery.id().toString(), delivery.body());
        if (closing && !answer.isDelivered()) {
            parts.outbox().release(delivery, parts.clock().instant());
        } else {
            parts.outbox().settle(delivery, sender.settlement(delivery, answer), sender.target(webhook, answer));
        }
        return answer.isDelivered();
    }

    private void tidy(Instant now) {
        if (now.isBefore(tidied.plus(Limits.TIDY))) {
            return;
        }
        tidied = now;
        int dead = parts.outbox().bury(now);
        if (dead > 0) {
            LOG.warn("{} deliveries to webhooks were given up", dead);
        }
        parts.outbox().forget(now.minus(Limits.DELIVERED_KEPT), now.minus(Limits.DEAD_KEPT));
    }

    /// Deliveries that are under way have a moment; what is not done then is done by the next start.
    @Override
    public void close() {
        closing = true;
        // not interrupted: a connection to the database in the middle of something would be broken by it
        wake();
        deliveries.shutdown();
        try {
            thread.join(Limits.STOP);
            if (!deliveries.awaitTermination(Limits.STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                parts.sender().close();
                deliveries.awaitTermination(Limits.STOP.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            parts.sender().close();
        }
    }
}
