// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Notices that this host has stood by: Linux has a clock that goes on meanwhile (`/proc/uptime`) and one that
/// does not, and neither is ever set, so that a corrected time of day is not taken for it.
final class Standby implements AutoCloseable {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final long MILLIS = 1_000;

    private final LongSupplier running;
    private final LongSupplier always;
    private final AgentTimer timer;
    private final Consumer<Duration> woke;
    private long ahead;
    private AgentTimer.@Nullable Entry next;
    private boolean closed;

    /// @param always milliseconds since some time, of a clock that goes on while the host stands by
    /// @param running the same of one that does not
    /// @param woke is told for how long it has stood by
    Standby(LongSupplier always, LongSupplier running, AgentTimer timer, Consumer<Duration> woke) {
        this.always = always;
        this.running = running;
        this.timer = timer;
        this.woke = woke;
        this.ahead = difference();
    }

    /// Of this host; empty where it has no such clocks.
    static Optional<Standby> ofThisHost(AgentTimer timer, Consumer<Duration> woke) {
        return uptime() < 0
                ? Optional.empty()
                : Optional.of(new Standby(Standby::uptime, () -> System.nanoTime() / 1_000_000, timer, woke));
    }

    /// @return negative where it is not known
    private static long uptime() {
        try {
            String text = Files.readString(UPTIME);
            return (long) (Double.parseDouble(text.substring(0, text.indexOf(' '))) * MILLIS);
        } catch (IOException | NumberFormatException | StringIndexOutOfBoundsException unknown) {
            return -1;
        }
    }

    private long difference() {
        return always.getAsLong() - running.getAsLong();
    }

    /// From now on.
    synchronized void begin() {
        if (!closed) {
            next = timer.schedule(Limits.STANDBY_CHECK, this::look);
        }
    }

    private void look() {
        long now = difference();
        Duration stood = Duration.ofMillis(now - ahead);
        ahead = now;
        if (stood.compareTo(Limits.STANDBY) > 0) {
            woke.accept(stood);
        }
        begin();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
    }
}
