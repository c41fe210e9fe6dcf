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
///
/// Who is asked to come later is asked to come when there is a place even at the lower bound, all those before it
/// taken: not sooner, since whoever is turned away twice is away for long.
///
/// How many a second is between two bounds: while a crowd is there and those who are in are served promptly, it grows;
/// as soon as they are not, or nobody says so, it shrinks; after the crowd it is at the lower bound again.
public final class Turnstile {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final long BEAT = Duration.ofMillis(250).toNanos();
    /// Before that after it was turned away for the first time, a crowd is not back (R-WS.19 has the second attempt 10
    /// to 20 s after the first): others have the places until then.
    private static final long AWAY = Duration.ofSeconds(15).toNanos();

    private static final double FASTER = 1.5;
    private static final double SLOWER = 0.5;

    /// Nobody notices a wait of this length when a device comes back.
    private static final Duration PROMPT = Duration.ofMillis(500);

    /// Longer than this, and those who are in already notice the newcomers.
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final Rate rate;
    private final double most;
    private final LongSupplier nanos;
    private final Map<String, Long> turnedAway = new TreeMap<>();
    private double perSecond;
    private double places;
    private double crowd;
    private long crowdedAt;
    private long filledAt;
    private long beatAt;
    private long served;
    private long servedNanos;

    /// How many places come each second.
    ///
    /// @param least at least 1
    /// @param greatest not below the least
    public record Rate(int least, int greatest) {
        public Rate {
            if (least < 1 || greatest < least) {
                throw new IllegalArgumentException("nobody would ever come in: " + least + " to " + greatest);
            }
        }
    }

    /// @param perSecond places that come each second, at least 1
    /// @param most places at most, and at first: how many may come at once after a calm, at least 1
    public Turnstile(int perSecond, int most) {
        this(perSecond, most, System::nanoTime);
    }

    /// @param rate how many places come each second
    /// @param most as above
    public Turnstile(Rate rate, int most) {
        this(rate, most, System::nanoTime);
    }

    /// @param nanos a clock that never goes back, in nanoseconds
    public Turnstile(int perSecond, int most, LongSupplier nanos) {
        this(new Rate(perSecond, perSecond), most, nanos);
    }

    /// @param nanos a clock that never goes back, in nanoseconds
    public Turnstile(Rate rate, int most, LongSupplier nanos) {
        if (most < 1) {
            throw new IllegalArgumentException("nobody would ever come in: " + most + " at once");
        }
        this.rate = rate;
        this.perSecond = rate.least();
        this.most = most;
        this.nanos = nanos;
        this.places = most;
        this.filledAt = nanos.getAsLong();
        this.crowdedAt = filledAt;
        this.beatAt = filledAt;
    }

    /// Takes a place where there is one.
    ///
    /// @param transport by which somebody wants to come in, `websocket`, `mqtt` …
    /// @return empty: come in; else after what time it is worth trying again, whole seconds, 1 to 60: the longer,
    ///     the more were turned away of late and are not back
    public synchronized Optional<Duration> enter(String transport) {
        fill();
        if (places >= 1) {
            places -= 1;
            return Optional.empty();
        }
        crowd += 1;
        turnedAway.merge(transport, 1L, Long::sum);
        return Optional.of(Duration.ofSeconds(Math.clamp((long) Math.ceil(crowd / rate.least()), 1, 60)));
    }

    /// Somebody who came in was served.
    ///
    /// @param took from the first that it said until that was dealt with
    public synchronized void served(Duration took) {
        fill();
        served++;
        servedNanos += took.toNanos();
    }

    /// How many places come each second just now.
    public synchronized int perSecond() {
        fill();
        return (int) perSecond;
    }

    private void beat(long now) {
        if (crowd <= 0 && places >= most) {
            perSecond = rate.least();
        } else if (served == 0 || servedNanos / served > SLOW.toNanos()) {
            perSecond = Math.max(rate.least(), perSecond * SLOWER);
        } else if (crowd > 0 && servedNanos / served <= PROMPT.toNanos()) {
            perSecond = Math.min(rate.greatest(), perSecond * FASTER);
        }
        served = 0;
        servedNanos = 0;
        beatAt = now;
    }

    private void fill() {
        long now = nanos.getAsLong();
        double fresh = (double) (now - filledAt) / SECOND * perSecond;
        filledAt = now;
        places = Math.min(most, places + fresh);
        if (crowd <= 0) {
            crowdedAt = now;
        } else if (now - crowdedAt >= AWAY) {
            crowd = Math.max(0, crowd - fresh);
        }
        if (now - beatAt >= BEAT) {
            beat(now);
        }
    }

    /// How many were turned away since this was asked last, by transport; empty where nobody was.
    public synchronized Map<String, Long> takeTurnedAway() {
        Map<String, Long> taken = Map.copyOf(turnedAway);
        turnedAway.clear();
        return taken;
    }
}
