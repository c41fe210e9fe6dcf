// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that is done when it is asked for, but so long after the last time at the soonest; once, however often it
/// was asked for meanwhile. Thread-safe.
final class Paced implements AutoCloseable {
    private final AgentRuntime runtime;
    private final Runnable what;
    private Instant last = Instant.MIN;
    private AgentTimer.@Nullable Entry waiting;
    private boolean closed;

    /// @param what runs on the thread that asks, or on the timer's
    Paced(AgentRuntime runtime, Runnable what) {
        this.runtime = runtime;
        this.what = what;
    }

    /// @param apart how long after the last time at the soonest
    void ask(Duration apart) {
        synchronized (this) {
            if (closed || waiting != null) {
                return;
            }
            Instant now = runtime.clock().instant();
            if (last.isAfter(now.minus(apart))) {
                waiting = runtime.timer().schedule(Duration.between(now.minus(apart), last), this::late);
                return;
            }
            last = now;
        }
        what.run();
    }

    private void late() {
        synchronized (this) {
            if (closed) {
                return;
            }
            waiting = null;
            last = runtime.clock().instant();
        }
        what.run();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (waiting != null) {
            waiting.cancel();
        }
    }
}
