// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.device;

import dev.pharos.datamodel.device.CriticalStateMonitor.Kind;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `Device.DeviceInfo.MemoryStatus.MemoryMonitor.` and the processors of
/// `Device.DeviceInfo.ProcessStatus.CPU.`: polls those that are enabled, at the pace that each asks for, and
/// raises `MemoryCriticalState!` and `CPUCriticalState!`. For any device that can say how much is in use.
/// Thread-safe.
public final class CriticalStateMonitors implements AutoCloseable {
    private static final String MEMORY = "Device.DeviceInfo.MemoryStatus.MemoryMonitor.";
    private static final String PROCESSES = "Device.DeviceInfo.ProcessStatus.";

    private final DeviceContext context;
    private final Clock clock;
    private final Pace pace;
    private final Map<String, Running> running = new HashMap<>();

    /// Runs work again and again.
    @FunctionalInterface
    public interface Pace {
        /// @param work fails with a [dev.pharos.usp.UspException] where the data model is closed or refuses
        /// @return what ends it
        Runnable every(Duration interval, Runnable work);
    }

    private record Running(Duration interval, Runnable end) {}

    public CriticalStateMonitors(DeviceContext context, Clock clock, Pace pace) {
        this.context = context;
        this.clock = clock;
        this.pace = pace;
    }

    /// Begins and ends polling as the settings now ask for.
    public synchronized void adjust(Snapshot settings) {
        Set<String> wanted = new HashSet<>();
        settings.object(MEMORY).ifPresent(memory -> adjust(memory, Kind.MEMORY, wanted));
        for (ObjectInstance cpu : settings.object(PROCESSES)
                .map(processes -> processes.rows("CPU"))
                .orElse(List.of())) {
            adjust(cpu, Kind.PROCESSOR, wanted);
        }
        running.entrySet().removeIf(entry -> {
            boolean over = !wanted.contains(entry.getKey());
            if (over) {
                entry.getValue().end().run();
            }
            return over;
        });
    }

    private void adjust(ObjectInstance object, Kind kind, Set<String> wanted) {
        Duration interval = Duration.ofSeconds(CriticalStateMonitor.number(object, kind.interval));
        if (object.value("Enable").filter("true"::equals).isEmpty() || interval.isZero()) {
            return;
        }
        wanted.add(object.path());
        Running before = running.get(object.path());
        if (before != null && before.interval().equals(interval)) {
            return;
        }
        if (before != null) {
            before.end().run();
        }
        CriticalStateMonitor monitor = new CriticalStateMonitor(context, object.path(), kind);
        running.put(object.path(), new Running(interval, pace.every(interval, () -> monitor.poll(clock.instant()))));
    }

    @Override
    public synchronized void close() {
        running.values().forEach(each -> each.end().run());
        running.clear();
    }
}
