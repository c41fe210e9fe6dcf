// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.store.StoreException;
import dev.pharos.server.store.CollectorStore;
import dev.pharos.server.store.CollectorStore.Collected;
import dev.pharos.server.store.CollectorStore.News;
import dev.pharos.server.store.CollectorStore.Refusal;
import dev.pharos.usp.EndpointId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what the collector takes and refuses, and why. It is kept a moment later, so that no report waits for it.
/// Thread-safe.
public final class CollectorTally implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorTally.class);

    private final CollectorStore store;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final ReentrantLock keeping = new ReentrantLock();
    private final Thread keeper = Thread.ofVirtual().name("bulk-tally").unstarted(this::run);
    private final Map<EndpointId, Collected> devices = new HashMap<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Map<String, Long> outcomes = new HashMap<>();

    public CollectorTally(CollectorStore store, MeterRegistry metrics, Clock clock) {
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    public CollectorTally start() {
        keeper.start();
        return this;
    }

    /// What was kept, which may lag behind until [#keep()].
    public CollectorStore store() {
        return store;
    }

    void taken(ReportWay way, EndpointId device, ReportDesk.Taken taken) {
        count(way.outcome());
        Collected one = new Collected(
                1,
                taken.reports(),
                taken.kept(),
                taken.unknown(),
                0,
                Optional.of(clock.instant()),
                Optional.of(way.text()),
                Optional.empty());
        synchronized (this) {
            devices.merge(device, one, Collected::and);
        }
    }

    /// Who was refused.
    ///
    /// @param device whose login it is; empty where it is nobody's
    /// @param said who it said that it is; empty where it did not
    /// @param address where it came from, or what it came over
    public record Sender(Optional<EndpointId> device, String said, String address) {
        static Sender of(EndpointId device, String address) {
            return new Sender(Optional.of(device), device.toString(), address);
        }
    }

    /// A delivery was not taken.
    public void refused(ReportWay way, Sender sender, ReportRefusedException refusal) {
        refused(way, sender, refusal.status(), refusal.reason());
    }

    /// As the other.
    ///
    /// @param status as HTTP has it
    public void refused(ReportWay way, Sender sender, int status, String reason) {
        count(way.refused(status));
        Instant now = clock.instant();
        synchronized (this) {
            sender.device()
                    // at a broker of others anybody may name anybody
                    .filter(device -> devices.size() < Limits.DEVICES_WAITING || devices.containsKey(device))
                    .ifPresent(device -> devices.merge(
                            device,
                            new Collected(0, 0, 0, 0, 1, Optional.empty(), Optional.empty(), Optional.of(now)),
                            Collected::and));
            if (refusals.size() < Limits.REFUSALS_WAITING) {
                refusals.add(new Refusal(
                        now,
                        sender.device(),
                        shown(sender.said()),
                        sender.address(),
                        way.text(),
                        status,
                        shown(reason)));
            }
        }
    }

    /// One is counted and nothing else: whoever is refused so comes again and again.
    public void refused(ReportWay way, int status) {
        count(way.refused(status));
    }

    private void count(String outcome) {
        metrics.counter("pharos.bulk.deliveries", "outcome", outcome).increment();
        synchronized (this) {
            outcomes.merge(outcome, 1L, Long::sum);
        }
    }

    /// What somebody sent is a line for people, and no more.
    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= Limits.SAID_CHARACTERS ? line : line.substring(0, Limits.SAID_CHARACTERS) + "…";
    }

    /// Keeps what was counted so far, and returns when that is kept, whoever does it.
    ///
    /// @throws StoreException where that cannot be; it is tried again
    public void keep() {
        keeping.lock();
        try {
            News news = taken();
            if (!news.outcomes().isEmpty()) {
                keep(news);
            }
        } finally {
            keeping.unlock();
        }
    }

    private void keep(News news) {
        try {
            store.keep(news, clock.instant());
        } catch (StoreException failed) {
            again(news);
            throw failed;
        }
    }

    private synchronized News taken() {
        News news = new News(devices, refusals, outcomes);
        devices.clear();
        refusals.clear();
        outcomes.clear();
        return news;
    }

    private synchronized void again(News news) {
        news.devices().forEach((device, before) -> devices.merge(device, before, (later, _) -> before.and(later)));
        news.outcomes().forEach((outcome, number) -> outcomes.merge(outcome, number, Long::sum));
        int room = Limits.REFUSALS_WAITING - refusals.size();
        refusals.addAll(0, news.refusals().stream().limit(Math.max(0, room)).toList());
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(Limits.TALLY);
                keepIfPossible();
            }
        } catch (InterruptedException stop) {
            keepIfPossible();
        }
    }

    private void keepIfPossible() {
        try {
            keep();
        } catch (StoreException later) {
            LOG.warn("what the collector has counted is kept later: {}", later.getMessage());
        }
    }

    @Override
    public void close() {
        keeper.interrupt();
        try {
            boolean _ = keeper.join(Limits.TALLY);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
