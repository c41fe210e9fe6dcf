// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CriticalStateMonitors;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.UspException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs the processors one by one, and the monitors that say when they or the memory become critical. How to
/// watch is all that management can write on a host.
final class MonitorElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorElement.class);
    private static final String STATUS = "Device.DeviceInfo.ProcessStatus.";
    private static final String PROCESSORS = STATUS + "CPU.";
    private static final String MEMORY = "Device.DeviceInfo.MemoryStatus.MemoryMonitor.";
    private static final String THRESHOLDS =
            " CriticalRiseThreshold= CriticalFallThreshold= CriticalRiseTimeStamp CriticalFallTimeStamp";
    private static final BackedModel MODEL = BackedModel.of(Map.of(
            STATUS,
            "CPUNumberOfEntries",
            PROCESSORS + "{i}.",
            "Alias Name Enable= UpTime* UserModeUtilization* SystemModeUtilization* IdleModeUtilization*"
                    + " CPUUtilization* PollInterval= NumSamples= CPUCriticalState!" + THRESHOLDS,
            MEMORY,
            "Enable= MemUtilization* PollingInterval= MemoryCriticalState!" + THRESHOLDS));

    private final HostFiles files;
    private final Memory memory;
    private final Map<String, Processor> processors = new LinkedHashMap<>();
    private volatile boolean open = true;
    private volatile @Nullable CriticalStateMonitors monitors;

    MonitorElement(HostFiles files) {
        this.files = files;
        this.memory = new Memory(files);
        Recent<List<String>> lines = new Recent<>(files::lines);
        files.lines("/proc/stat").stream()
                .map(line -> line.split(" ", 2)[0])
                .filter(name -> name.matches("cpu[0-9]+"))
                .limit(Limits.PROCESSORS)
                .forEach(name -> processors.put(name, new Processor(lines::get, name)));
    }

    @Override
    public SupportedDataModel supported() {
        return MODEL.supported();
    }

    @Override
    public void start(DeviceContext context) {
        List<RowSync.Wanted> rows = processors.keySet().stream()
                .map(name -> new RowSync.Wanted(Map.of("Name", name), Map.of()))
                .toList();
        context.update(transaction -> new RowSync().sync(transaction, PROCESSORS, rows));
        CriticalStateMonitors watching = new CriticalStateMonitors(context, Clock.systemUTC(), this::every);
        monitors = watching;
        watching.adjust(context.snapshot());
    }

    /// Ends without an interrupt, which would close the journal under a poll that notes something.
    private Runnable every(Duration interval, Runnable work) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread.ofVirtual().name("linux-monitor").start(() -> {
            try {
                while (!ended.await(interval.toSeconds(), TimeUnit.SECONDS)) {
                    poll(work);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        return ended::countDown;
    }

    private void poll(Runnable work) {
        try {
            work.run();
        } catch (UspException refused) {
            if (open) {
                LOG.warn("the data model refused what a monitor noted: {}", refused.fault());
            }
        } catch (RuntimeException defect) {
            // a defect must not end the monitor, which nobody would miss before it is needed
            LOG.error("a monitor failed", defect);
        }
    }

    @Override
    public void apply(ChangeSet changes) {
        adjust(changes.after());
    }

    @Override
    public void undo(ChangeSet changes) {
        adjust(changes.before());
    }

    private void adjust(Snapshot settings) {
        CriticalStateMonitors watching = monitors;
        if (watching != null) {
            watching.adjust(settings);
        }
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return MODEL.live().contains(supportedParameterPath);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        if (parameter.equals("MemUtilization")) {
            return Long.toString(memory.usedPercent());
        }
        if (parameter.equals("UpTime")) {
            return Unsigned.saturated(files.upTime());
        }
        Processor processor =
                Objects.requireNonNull(processors.get(object.value("Name").orElse("")), object::path);
        long percent = switch (parameter) {
            case "UserModeUtilization" -> processor.recently().userPercent();
            case "SystemModeUtilization" -> processor.recently().systemPercent();
            case "IdleModeUtilization" -> processor.recently().idlePercent();
            case "CPUUtilization" ->
                processor.averagePercent(
                        Duration.ofSeconds(number(object, "PollInterval")), (int) number(object, "NumSamples"));
            default -> throw new IllegalArgumentException(parameter);
        };
        return Long.toString(percent);
    }

    private static long number(ObjectInstance object, String parameter) {
        return Long.parseLong(object.value(parameter).orElse("1"));
    }

    @Override
    public void close() {
        open = false;
        CriticalStateMonitors watching = monitors;
        if (watching != null) {
            watching.close();
        }
    }
}
