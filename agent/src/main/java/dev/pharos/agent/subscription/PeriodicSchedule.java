// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.agent.runtime.Period;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// `Device.LocalAgent.Periodic!`: a timer for each controller that subscribes to it, and none for others.
final class PeriodicSchedule {
    private final AgentRuntime runtime;
    private final Consumer<String> due;
    private final Map<String, Planned> planned = new HashMap<>(1);

    /// @param due is given the row of a controller whose period has ended
    PeriodicSchedule(AgentRuntime runtime, Consumer<String> due) {
        this.runtime = runtime;
        this.due = due;
    }

    private record Planned(String interval, String phase, AgentTimer.Entry entry) {}

    /// Plans anew for controllers whose interval or phase changed, or who were not planned for.
    synchronized void plan(Set<String> subscribers, Snapshot snapshot) {
        for (Iterator<Map.Entry<String, Planned>> each = planned.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Planned> entry = each.next();
            if (!subscribers.contains(entry.getKey())) {
                entry.getValue().entry().cancel();
                each.remove();
            }
        }
        for (String row : subscribers) {
            snapshot.object(row).ifPresent(controller -> plan(row, controller));
        }
    }

    private void plan(String row, ObjectInstance controller) {
        String interval = controller.value("PeriodicNotifInterval").orElse("0");
        String phase = controller.value("PeriodicNotifTime").orElse(Period.UNKNOWN_TIME);
        Planned old = planned.get(row);
        if (old != null && old.interval().equals(interval) && old.phase().equals(phase)) {
            return;
        }
        if (old != null) {
            old.entry().cancel();
            planned.remove(row);
        }
        next(row, interval, phase);
    }

    private void next(String row, String interval, String phase) {
        Duration period = Duration.ofSeconds(Long.parseLong(interval));
        if (period.isZero()) {
            return;
        }
        Duration wait = new Period(period, phase).untilNext(runtime.clock().instant());
        planned.put(row, new Planned(interval, phase, runtime.timer().schedule(wait, () -> ran(row, interval, phase))));
    }

    private void ran(String row, String interval, String phase) {
        synchronized (this) {
            Planned current = planned.get(row);
            if (current == null
                    || !current.interval().equals(interval)
                    || !current.phase().equals(phase)) {
                return;
            }
            next(row, interval, phase);
        }
        due.accept(row);
    }

    synchronized void close() {
        planned.values().forEach(plan -> plan.entry().cancel());
        planned.clear();
    }
}
