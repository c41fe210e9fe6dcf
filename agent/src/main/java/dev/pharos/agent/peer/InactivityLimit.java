// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.peer;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Ends a connection on which nobody has said anything for some time (R-MTP.4a, TR-181's TOFUInactivityTimer).
/// Thread-safe.
final class InactivityLimit {
    private final AgentRuntime runtime;
    private final Duration limit;
    private final Runnable end;
    private Instant last;
    private AgentTimer.@Nullable Entry planned;
    private boolean over;

    /// @param end is run once, when the time is up
    InactivityLimit(AgentRuntime runtime, Duration limit, Runnable end) {
        this.runtime = runtime;
        this.limit = limit;
        this.end = end;
        this.last = runtime.steady().instant();
    }

    synchronized void start() {
        if (!over) {
            Duration left = Duration.between(runtime.steady().instant(), last.plus(limit));
            planned = runtime.timer().schedule(left.isNegative() ? Duration.ZERO : left, this::look);
        }
    }

    synchronized void heard() {
        last = runtime.steady().instant();
    }

    private void look() {
        synchronized (this) {
            if (over) {
                return;
            }
            if (last.plus(limit).isAfter(runtime.steady().instant())) {
                start();
                return;
            }
            over = true;
        }
        end.run();
    }

    synchronized void cancel() {
        over = true;
        if (planned != null) {
            planned.cancel();
        }
    }
}
