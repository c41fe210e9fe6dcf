// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How fast a job may go.
///
/// @param concurrency devices at work at once, 1 to [Limits#CONCURRENCY]
/// @param perMinute devices that begin within any minute, at most; 0 for no bound
public record Pace(int concurrency, int perMinute) {
    /// What begins too late, since it is looked only now and then, may be made up for by this much.
    private static final Duration LATENESS = Duration.ofSeconds(1);

    /// So that what is made up for never brings more into a minute than is allowed.
    private static final long SPREAD_MICROS =
            Duration.ofMinutes(1).plus(LATENESS).toNanos() / 1_000;

    public Pace {
        if (concurrency < 1 || concurrency > Limits.CONCURRENCY || perMinute < 0 || perMinute > Limits.PER_MINUTE) {
            throw new IllegalArgumentException("a job's pace is out of bounds");
        }
    }

    /// How many devices may begin now.
    ///
    /// @param next before which none may, as [#next] said when the last began
    /// @param atWork how many have begun and are not settled
    public int allowed(Instant next, Instant now, int atWork) {
        int free = Math.max(0, concurrency - atWork);
        if (perMinute == 0 || free == 0) {
            return free;
        }
        Instant base = base(next, now);
        if (base.isAfter(now)) {
            return 0;
        }
        long due = ChronoUnit.MICROS.between(base, now) / spacing() + 1;
        return (int) Math.min(free, due);
    }

    /// Before which no other device may begin, after `begun` of them have begun now.
    public Instant next(Instant next, Instant now, int begun) {
        return perMinute == 0 || begun == 0 ? next : base(next, now).plus(spacing() * begun, ChronoUnit.MICROS);
    }

    private static Instant base(Instant next, Instant now) {
        Instant earliest = now.minus(LATENESS).truncatedTo(ChronoUnit.MICROS);
        return next.isBefore(earliest) ? earliest : next;
    }

    /// In microseconds.
    private long spacing() {
        return Math.ceilDiv(SPREAD_MICROS, perMinute);
    }
}
