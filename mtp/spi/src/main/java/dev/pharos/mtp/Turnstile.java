// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// How fast a server lets new connections in, on all its listeners together: so many at once, and so many a second
/// after that. When ten thousand devices return at the same moment, those who find no place are asked to come again
/// later, which costs a few bytes each and no memory that stays. Never waits; for any thread.
public final class Turnstile {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final double perSecond;
    private final double most;
    private final LongSupplier nanos;
    private final Map<String, Long> turnedAway = new TreeMap<>();
    private double places;
    private double crowd;
    private long filledAt;

    /// @param perSecond places that come each second, at least 1
    /// @param most places at most, and at first: how many may come at once after a calm, at least 1
    public Turnstile(int perSecond, int most) {
        this(perSecond, most, System::nanoTime);
    }

    /// @param nanos a clock that never goes back, in nanoseconds
    public Turnstile(int perSecond, int most, LongSupplier nanos) {
        if (perSecond < 1 || most < 1) {
            throw new IllegalArgumentException("nobody would ever come in: " + perSecond + " a second, " + most);
        }
        this.perSecond = perSecond;
        this.most = most;
        this.nanos = nanos;
        this.places = most;
        this.filledAt = nanos.getAsLong();
    }

    /// Takes a place where there is one.
    ///
    /// @param transport by which somebody wants to come in, `websocket`, `mqtt` …
    /// @return empty: come in; else after what time it is worth trying again, whole seconds, 1 to 60: the longer,
    ///     the more were turned away of late
    public synchronized Optional<Duration> enter(String transport) {
        fill();
        if (places >= 1) {
            places -= 1;
            return Optional.empty();
        }
        crowd += 1;
        turnedAway.merge(transport, 1L, Long::sum);
        return Optional.of(Duration.ofSeconds(Math.clamp((long) Math.ceil(crowd / perSecond), 1, 60)));
    }

    private void fill() {
        long now = nanos.getAsLong();
        double fresh = (double) (now - filledAt) / SECOND * perSecond;
        filledAt = now;
        places = Math.min(most, places + fresh);
        crowd = Math.max(0, crowd - fresh);
    }

    /// How many were turned away since this was asked last, by transport; empty where nobody was.
    public synchronized Map<String, Long> takeTurnedAway() {
        Map<String, Long> taken = Map.copyOf(turnedAway);
        turnedAway.clear();
        return taken;
    }
}
