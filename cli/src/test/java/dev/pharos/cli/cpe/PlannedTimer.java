// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Runs what is due when the clock is moved.
final class PlannedTimer implements AgentTimer {
    private final ManualClock clock;
    private final List<Planned> planned = new CopyOnWriteArrayList<>();

    PlannedTimer(ManualClock clock) {
        this.clock = clock;
    }

    private record Planned(Instant due, Runnable task) {}

    @Override
    public Entry schedule(Duration delay, Runnable task) {
        Planned entry = new Planned(clock.instant().plus(delay), task);
        planned.add(entry);
        return () -> planned.remove(entry);
    }

    void advance(Duration by) {
        Instant end = clock.instant().plus(by);
        Optional<Planned> next = due(end);
        while (next.isPresent()) {
            planned.remove(next.get());
            if (next.get().due().isAfter(clock.instant())) {
                clock.set(next.get().due());
            }
            next.get().task().run();
            next = due(end);
        }
        clock.set(end);
    }

    private Optional<Planned> due(Instant end) {
        return planned.stream().filter(each -> !each.due().isAfter(end)).min(Comparator.comparing(Planned::due));
    }
}
