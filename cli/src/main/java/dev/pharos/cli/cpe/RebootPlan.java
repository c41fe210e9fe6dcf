// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Restarts that were written into the data model: at a time (`ScheduleReboot`), and a while after the session
/// in which that was written (`DelayReboot`). None happens during a session. Thread-safe.
final class RebootPlan implements AutoCloseable {
    private final AgentRuntime runtime;
    private final BooleanSupplier restart;
    private Optional<Instant> scheduled = Optional.empty();
    private long delay = -1;
    private Optional<Instant> delayed = Optional.empty();
    private boolean inSession;
    private AgentTimer.@Nullable Entry alarm;
    private boolean closed;

    /// @param restart does it, or says by false that it cannot be
    RebootPlan(AgentRuntime runtime, BooleanSupplier restart) {
        this.runtime = runtime;
        this.restart = restart;
    }

    /// From now on as `Device.ManagementServer.` says.
    synchronized void settle(ManagementServer server) {
        Instant now = runtime.clock().instant();
        // one that is past is not made up for
        scheduled = server.restart().filter(time -> time.isAfter(now));
        if (server.restartDelay() != delay) {
            delay = server.restartDelay();
            // the time begins when the session is over
            delayed = delay < 0 || inSession ? Optional.empty() : Optional.of(now.plusSeconds(delay));
        }
        plan();
    }

    synchronized void sessionBegins() {
        inSession = true;
        plan();
    }

    synchronized void sessionEnds() {
        inSession = false;
        if (delay >= 0 && delayed.isEmpty()) {
            delayed = Optional.of(runtime.clock().instant().plusSeconds(delay));
        }
        plan();
    }

    private Optional<Instant> next() {
        return scheduled.isPresent() && delayed.isPresent()
                ? Optional.of(scheduled.get().isBefore(delayed.get()) ? scheduled.get() : delayed.get())
                : scheduled.or(() -> delayed);
    }

    private void plan() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        Optional<Instant> next = closed || inSession ? Optional.empty() : next();
        if (next.isPresent()) {
            Duration wait = Duration.between(runtime.clock().instant(), next.get());
            alarm = runtime.timer().schedule(wait.isNegative() ? Duration.ZERO : wait, this::due);
        }
    }

    private void due() {
        synchronized (this) {
            if (closed || inSession) {
                return;
            }
            scheduled = Optional.empty();
            delayed = Optional.empty();
            delay = -1;
        }
        if (!restart.getAsBoolean()) {
            synchronized (this) {
                plan();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        plan();
    }
}
