// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.UspException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs `Device.DeviceInfo.`, `Device.Time.`, `Device.DNS.` and `Device.Users.` with what the host's files
/// say.
final class HostElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(HostElement.class);
    private static final String INFO = "Device.DeviceInfo.";
    private static final String PROCESSES = INFO + "ProcessStatus.Process.";
    private static final String SENSORS = INFO + "TemperatureStatus.TemperatureSensor.";
    private static final String DNS = "Device.DNS.Client.";

    private final HostFiles files;
    private final Identity identity;
    private final Processes processes;
    private final Processor processor;
    private final Sensors sensors;
    private final Memory memory;
    private final RowSync rows = new RowSync();
    private final Accounts accounts;
    private final BackedModel model;
    /// That somebody has read processes that were not looked at for some time.
    private final Semaphore processesRead = new Semaphore(0);

    private volatile long processesSeen;
    private volatile boolean open = true;
    private volatile @Nullable Thread survey;

    HostElement(HostFiles files, Identity identity) {
        this.files = files;
        this.identity = identity;
        this.processes = new Processes(files);
        this.processor = new Processor(files::lines, "cpu");
        this.sensors = new Sensors(files);
        this.memory = new Memory(files);
        this.accounts = new Accounts(files, rows);
        this.model = BackedModel.of(elements(identity));
    }

    private static Map<String, String> elements(Identity identity) {
        Map<String, String> elements = new HashMap<>();
        elements.put("Device.", "RootDataModelVersion");
        elements.put(
                INFO, "UpTime* HostName* " + String.join(" ", identity.known().keySet()));
        elements.put(INFO + "MemoryStatus.", "Total* Free* TotalPersistent* FreePersistent*");
        elements.put(INFO + "ProcessStatus.", "CPUUsage* ProcessNumberOfEntries");
        elements.put(PROCESSES + "{i}.", "PID Command Size* Priority* CPUTime* State*");
        elements.put(INFO + "TemperatureStatus.", "TemperatureSensorNumberOfEntries");
        elements.put(SENSORS + "{i}.", "Alias Enable Name Status* Value* LastUpdate*");
        elements.put("Device.Time.", "CurrentLocalTime* LocalTimeZone*");
        elements.put(DNS, "Enable Status ServerNumberOfEntries");
        elements.put(DNS + "Server.{i}.", "Enable Status Alias DNSServer");
        elements.put(Accounts.USERS, "UserNumberOfEntries GroupNumberOfEntries SupportedShellNumberOfEntries");
        elements.put(Accounts.USERS + "User.{i}.", "Alias Enable UserID Username StaticUser GroupParticipation Shell");
        elements.put(Accounts.USERS + "Group.{i}.", "Alias Enable GroupID Groupname StaticGroup");
        elements.put(Accounts.USERS + "SupportedShell.{i}.", "Alias Enable Name");
        return elements;
    }

    @Override
    public SupportedDataModel supported() {
        return model.supported();
    }

    @Override
    public void start(DeviceContext context) {
        context.update(transaction -> {
            identity.known().forEach((name, value) -> transaction.set(INFO + name, value));
            rows.sync(transaction, SENSORS, sensors.rows());
            transaction.set(DNS + "Enable", "true");
            transaction.set(DNS + "Status", "Enabled");
            return refresh(transaction, true);
        });
        survey = Thread.ofVirtual().name("linux-survey").start(() -> survey(context));
    }

    private void survey(DeviceContext context) {
        while (open) {
            try {
                boolean read = processesRead.tryAcquire(Limits.SURVEY.toMillis(), TimeUnit.MILLISECONDS);
                boolean due = read || age() >= Limits.UNREAD_PROCESSES.toNanos();
                context.update(transaction -> refresh(transaction, due));
            } catch (InterruptedException closed) {
                return;
            } catch (UspException refused) {
                if (open) {
                    LOG.warn("the data model refused what the host says: {}", refused.fault());
                }
            } catch (RuntimeException defect) {
                // a defect must not end the survey, which would leave the model as it is for ever
                LOG.error("what the host says could not be published", defect);
            }
        }
    }

    /// For how long processes have been as they are shown, in nanoseconds.
    private long age() {
        return System.nanoTime() - processesSeen;
    }

    private Transaction refresh(Transaction transaction, boolean withProcesses) {
        if (withProcesses) {
            rows.sync(transaction, PROCESSES, processes.rows());
            processesSeen = System.nanoTime();
            processesRead.drainPermits();
        }
        List<RowSync.Wanted> servers = Resolver.servers(files).stream()
                .map(server ->
                        new RowSync.Wanted(Map.of("DNSServer", server), Map.of("Enable", "true", "Status", "Enabled")))
                .toList();
        rows.sync(transaction, DNS + "Server.", servers);
        accounts.publish(transaction);
        return transaction;
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return model.live().contains(supportedParameterPath);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        String path = object.path();
        if (path.startsWith(PROCESSES)) {
            if (age() >= Limits.READ_PROCESSES.toNanos() && processesRead.availablePermits() == 0) {
                processesRead.release();
            }
            return processes.read(object.value("PID").orElse(""), parameter);
        }
        if (path.startsWith(SENSORS)) {
            return sensor(object.value("Name").orElse(""), parameter);
        }
        return switch (parameter) {
            case "UpTime" -> Unsigned.saturated(files.upTime());
            case "HostName" -> files.word("/proc/sys/kernel/hostname").orElse("");
            case "CPUUsage" -> Long.toString(processor.usagePercent());
            case "CurrentLocalTime" -> localTime();
            case "LocalTimeZone" -> TimeZoneRule.of(files);
            default -> memory.read(parameter);
        };
    }

    private String sensor(String name, String parameter) {
        return switch (parameter) {
            case "Status" -> sensors.works(name) ? "Enabled" : "Error";
            case "Value" -> Long.toString(sensors.degrees(name));
            case "LastUpdate" -> Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    private static String localTime() {
        OffsetDateTime now = OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now);
    }

    @Override
    public void close() {
        open = false;
        Thread running = survey;
        if (running != null) {
            running.interrupt();
        }
    }
}
