// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.notification;

import dev.pharos.controller.observe.Counters;
import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.observe.Observers;
import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.store.Appended;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventStore;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.twin.TwinChange;
import dev.pharos.controller.twin.Twins;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores events, many in one call of the store, and says of each when it is kept. One thread writes them, and another
/// what they tell of twins, in the same order: while the one waits for the disk the other works. What waits is
/// bounded.
public final class EventWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

    private final EventStore store;
    private final Twins twins;
    private final Observers observers;
    private final Counters counters;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(Limits.EVENTS_WAITING);
    private final Thread writer;

    /// Has what was written, one batch after the other.
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("event-teller").daemon().factory());

    private final Semaphore untold = new Semaphore(Limits.BATCHES_UNTOLD);
    private volatile boolean closing;

    public EventWriter(EventStore store, Twins twins, Observers observers, Counters counters) {
        this.store = store;
        this.twins = twins;
        this.observers = observers;
        this.counters = counters;
        this.writer = Thread.ofPlatform().name("event-writer").daemon().unstarted(this::run);
    }

    /// Who waits for an event to be kept. Called on one of our threads: it must not wait.
    public interface Outcome {
        void stored(Appended appended);

        /// The event is not kept.
        void failed(String why);
    }

    private record Entry(NewEvent event, Optional<Map.Entry<EndpointId, TwinChange>> twin, Outcome outcome) {}

    public void start() {
        writer.start();
    }

    /// Stores an event that no notification brought.
    public void note(DeviceEvent event) {
        note(new NewEvent(event, ""));
    }

    /// Stores an event that no notification brought, unless its key was there before.
    public void note(NewEvent added) {
        DeviceEvent event = added.event();
        write(added, Optional.empty(), new Outcome() {
            @Override
            public void stored(Appended appended) {}

            @Override
            public void failed(String why) {
                if (closing) {
                    // everybody goes when we do
                    LOG.debug("the event \"{}\" is lost: {}", event.text(), why);
                    return;
                }
                LOG.warn("the event \"{}\" is lost: {}", event.text(), why);
            }
        });
    }

    /// Stores events that no notification brought, and waits until all are kept.
    ///
    /// @throws StoreException where one of them is not
    public void keep(List<NewEvent> added) {
        List<CompletableFuture<Appended>> kept =
                added.stream().map(event -> keep(event)).toList();
        try {
            CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new))
                    .get(Limits.EVENTS_KEPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted before the events were kept", stop);
        } catch (ExecutionException | TimeoutException failed) {
            throw new StoreException("not all events are kept: " + failed.getMessage(), failed);
        }
    }

    private CompletableFuture<Appended> keep(NewEvent added) {
        CompletableFuture<Appended> kept = new CompletableFuture<>();
        write(added, Optional.empty(), new Outcome() {
            @Override
            public void stored(Appended appended) {
                kept.complete(appended);
            }

            @Override
            public void failed(String why) {
                kept.completeExceptionally(new StoreException(why));
            }
        });
        return kept;
    }

    /// Stores an event, and what it tells of the twin, and tells `outcome`.
    public void write(NewEvent event, Optional<TwinChange> twin, Outcome outcome) {
        Optional<Map.Entry<EndpointId, TwinChange>> change =
                twin.flatMap(each -> event.event().device().map(device -> Map.entry(device, each)));
        if (closing || !waiting.offer(new Entry(event, change, outcome))) {
            outcome.failed(closing ? "the Controller stops" : "too many events wait to be stored");
        }
    }

    private void run() {
        while (!closing || !waiting.isEmpty()) {
            try {
                Entry first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Entry> batch = new ArrayList<>(Limits.EVENTS_PER_BATCH);
                    batch.add(first);
                    waiting.drainTo(batch, Limits.EVENTS_PER_BATCH - 1);
                    store(batch);
                }
            } catch (InterruptedException stop) {
                closing = true;
            }
        }
    }

    private void store(List<Entry> batch) {
        List<Appended> results;
        try {
            results = store.append(batch.stream().map(Entry::event).toList());
        } catch (RuntimeException failed) {
            LOG.error("{} events could not be stored", batch.size(), failed);
            batch.forEach(entry -> entry.outcome().failed(String.valueOf(failed.getMessage())));
            return;
        }
        untold.acquireUninterruptibly();
        try {
            teller.execute(() -> {
                try {
                    stored(batch, results);
                } finally {
                    untold.release();
                }
            });
        } catch (RejectedExecutionException late) {
            // they are kept; who sent them sends them again, and is told then
            batch.forEach(entry -> entry.outcome().failed("the Controller stops"));
        }
    }

    private void stored(List<Entry> batch, List<Appended> results) {
        applyToTwins(batch, results);
        for (int i = 0; i < batch.size(); i++) {
            Appended result = results.get(i);
            if (!result.duplicate()) {
                counters.count(Counter.EVENTS_STORED);
                observers.eventStored(result.stored());
            }
            tell(batch.get(i), result);
        }
    }

    private void applyToTwins(List<Entry> batch, List<Appended> results) {
        List<Map.Entry<EndpointId, TwinChange>> changes = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (!results.get(i).duplicate()) {
                batch.get(i).twin().ifPresent(changes::add);
            }
        }
        try {
            twins.apply(changes);
        } catch (RuntimeException failed) {
            // The events are kept, which is what an acknowledgement promises; the twin is right again with the next
            // value.
            LOG.error("the twins of {} notifications could not be kept", changes.size(), failed);
        }
    }

    private static void tell(Entry entry, Appended result) {
        try {
            entry.outcome().stored(result);
        } catch (RuntimeException defect) {
            LOG.error("what waited for a stored event failed", defect);
        }
    }

    /// Stores what waits, and stops.
    @Override
    public void close() {
        closing = true;
        long end = System.nanoTime() + Limits.EVENTS_CLOSE.toNanos();
        try {
            writer.join(Limits.EVENTS_CLOSE);
            teller.shutdown();
            if (!teller.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                LOG.warn("not all who wait for a stored event were told");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
