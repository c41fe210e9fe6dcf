// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.device;

import dev.pharos.datamodel.instance.ObjectInstance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// Watches how much of a memory or a processor is in use. It is critical from when the use reaches
/// `CriticalRiseThreshold` until it has fallen to `CriticalFallThreshold`; both moments are noted in the data
/// model, and the first raises an event. Thread-safe.
final class CriticalStateMonitor {
    private final DeviceContext context;
    private final String path;
    private final Kind kind;
    private boolean critical;

    /// @param path of the object with the thresholds
    CriticalStateMonitor(DeviceContext context, String path, Kind kind) {
        this.context = context;
        this.path = path;
        this.kind = kind;
    }

    /// What can be critical.
    enum Kind {
        MEMORY("MemUtilization", "PollingInterval", "MemoryCriticalState!"),
        PROCESSOR("CPUUtilization", "PollInterval", "CPUCriticalState!");

        final String utilization;
        final String interval;
        final String event;

        Kind(String utilization, String interval, String event) {
            this.utilization = utilization;
            this.interval = interval;
            this.event = event;
        }
    }

    /// Measures once.
    synchronized void poll(Instant now) {
        ObjectInstance object = context.snapshot().object(path).orElse(null);
        if (object == null) {
            return;
        }
        long used = number(object, kind.utilization);
        long rise = number(object, "CriticalRiseThreshold");
        long fall = number(object, "CriticalFallThreshold");
        if (!critical && used >= rise) {
            critical = true;
            note("CriticalRiseTimeStamp", now);
            Map<String, String> arguments = new LinkedHashMap<>();
            arguments.put(kind.utilization, Long.toString(used));
            if (kind == Kind.PROCESSOR) {
                arguments.put("Name", object.value("Name").orElse(""));
            }
            context.raise(path, kind.event, arguments);
        } else if (critical && used < rise && used <= fall) {
            critical = false;
            note("CriticalFallTimeStamp", now);
        }
    }

    private void note(String parameter, Instant now) {
        context.update(transaction -> {
            transaction.set(
                    path + parameter, now.truncatedTo(ChronoUnit.SECONDS).toString());
            return path;
        });
    }

    static long number(ObjectInstance object, String parameter) {
        return Long.parseLong(object.value(parameter).orElse("0"));
    }
}
