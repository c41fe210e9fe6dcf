// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Says whether somebody may ask now, and remembers who might not. It is this server's own: where several
/// stand behind one address, each gives its share. Holds [Limits#ASKERS] of a kind at most, whoever
/// comes. Thread-safe.
public final class RateLimiter {
    private static final String LIMITED = "pharos.requests.limited";

    private final RateLimits limits;
    private final LongSupplier nanos;
    private final Map<Askers, Cache<String, Bucket>> buckets = new EnumMap<>(Askers.class);
    private final Map<String, Integer> underWay = new HashMap<>();
    private final LimitedAskers limited;
    private final MeterRegistry metrics;

    /// @param nanos a clock that never goes back, in nanoseconds
    public RateLimiter(RateLimits limits, MeterRegistry metrics, Clock clock, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.metrics = metrics;
        this.limited = new LimitedAskers(clock);
        for (Askers askers : Askers.values()) {
            // so that each is there before the first is limited
            metrics.counter(LIMITED, "of", askers.text());
            limits.of(askers).ifPresent(rate -> buckets.put(askers, cache(rate)));
        }
        Gauge.builder("pharos.requests.askers", this, RateLimiter::remembered).register(metrics);
    }

    private Cache<String, Bucket> cache(Rate rate) {
        return Caffeine.newBuilder()
                .maximumSize(Limits.ASKERS)
                .expireAfterAccess(rate.filling().plus(Limits.SLACK))
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    public RateLimits limits() {
        return limits;
    }

    /// What came of asking, as it stands in an answer's headers.
    ///
    /// @param rate what holds
    /// @param left how many more may be asked at once
    /// @param full until as many may be as ever
    /// @param again when it may be asked again; empty where it was allowed now
    public record Verdict(Askers askers, Rate rate, long left, Duration full, Optional<Duration> again) {}

    /// Takes one token.
    ///
    /// @param who a name, or an address block
    /// @return empty where nothing limits it
    public Optional<Verdict> ask(Askers askers, String who) {
        Optional<Rate> rate = limits.of(askers);
        Cache<String, Bucket> held = buckets.get(askers);
        if (rate.isEmpty() || held == null) {
            return Optional.empty();
        }
        ConsumptionProbe probe = held.get(who, _ -> bucket(rate.get())).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            refused(askers, who);
        }
        return Optional.of(new Verdict(
                askers,
                rate.get(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                probe.isConsumed()
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()))));
    }

    private Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.tokens(), rate.per()))
                .withCustomTimePrecision(new Meter(nanos))
                .build();
    }

    private record Meter(LongSupplier nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    /// Begins something heavy.
    ///
    /// @return whether it may be done beside what this one has under way; [#endHeavy] when it is over
    public boolean beginHeavy(String who) {
        if (limits.heavy().isEmpty()) {
            return true;
        }
        synchronized (underWay) {
            int others = underWay.getOrDefault(who, 0);
            if (others < Limits.HEAVY_AT_ONCE) {
                underWay.put(who, others + 1);
                return true;
            }
        }
        refused(Askers.HEAVY, who);
        return false;
    }

    /// Ends something heavy that was begun.
    public void endHeavy(String who) {
        synchronized (underWay) {
            underWay.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Counts that somebody was refused for having too much of something.
    public void refused(Askers askers, String who) {
        metrics.counter(LIMITED, "of", askers.text()).increment();
        limited.add(askers, who);
    }

    /// Who was limited lately, the last first.
    public List<LimitedAskers.Limited> limited() {
        return limited.all();
    }

    private long remembered() {
        return buckets.values().stream().mapToLong(Cache::estimatedSize).sum();
    }
}
