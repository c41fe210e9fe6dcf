// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.config.Limits;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.Watchdog.`: raises `Watchdog!` for the controller that made the row, where nobody calls its
/// `Reset()` in time. Begins anew when the agent starts. Thread-safe.
public final class WatchdogElement implements ServiceElement {
    private final AgentRuntime runtime;
    private final Map<String, Countdown> countdowns = new HashMap<>(1);
    private volatile @Nullable DeviceContext context;
    private long rounds;

    public WatchdogElement(AgentRuntime runtime) {
        this.runtime = runtime;
    }

    /// @param round tells this countdown from those before and after
    /// @param end when nobody resets it
    private record Countdown(long round, AgentTimer.Entry entry, Instant end) {}

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.WATCHDOG;
    }

    @Override
    public void start(DeviceContext context) {
        this.context = context;
        OwnedRows.removeOrphans(context, "Watchdog");
        for (ObjectInstance row : OwnedRows.of(context.snapshot(), "Watchdog")) {
            begin(row);
        }
    }

    @Override
    public void complete(Transaction device, ObjectInstance row) {
        if (OwnedRows.of(device.snapshot(), "Watchdog").size() > Limits.WATCHDOGS) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED, "there are " + Limits.WATCHDOGS + " watchdogs");
        }
        OwnedRows.own(device, row);
    }

    @Override
    public void apply(ChangeSet changes) {
        for (Change change : changes.changes()) {
            switch (change) {
                case Change.RowAdded added ->
                    changes.after().object(added.path()).ifPresent(this::begin);
                case Change.RowDeleted deleted -> cancel(deleted.path());
                case Change.ValueChanged changed -> {
                    String name = changed.path().substring(changed.path().lastIndexOf('.') + 1);
                    if (name.equals("Enable") || name.equals("ReloadTimerValue")) {
                        changes.after()
                                .object(changed.path()
                                        .substring(0, changed.path().lastIndexOf('.') + 1))
                                .ifPresent(this::begin);
                    }
                }
            }
        }
    }

    @Override
    public void undo(ChangeSet changes) {
        for (Change change : changes.changes()) {
            if (change instanceof Change.RowAdded(String path, Map<String, String> _)) {
                cancel(path);
            }
        }
        OwnedRows.of(changes.before(), "Watchdog").forEach(this::begin);
    }

    /// Counts from the whole time down, or not at all.
    private void begin(ObjectInstance row) {
        // the data model is written without our lock, which its commits ask for
        status(row.path(), count(row) ? "Active" : "Inactive");
    }

    private synchronized boolean count(ObjectInstance row) {
        String path = row.path();
        cancel(path);
        Duration time =
                Duration.ofSeconds(Long.parseLong(row.value("ReloadTimerValue").orElse("0")));
        if (row.value("Enable").filter("true"::equals).isEmpty() || time.isZero()) {
            return false;
        }
        long round = ++rounds;
        countdowns.put(
                path,
                new Countdown(
                        round,
                        runtime.timer().schedule(time, () -> expired(path, round)),
                        runtime.steady().instant().plus(time)));
        return true;
    }

    private synchronized void cancel(String row) {
        Countdown countdown = countdowns.remove(row);
        if (countdown != null) {
            countdown.entry().cancel();
        }
    }

    private void expired(String path, long round) {
        synchronized (this) {
            Countdown countdown = countdowns.get(path);
            if (countdown == null || countdown.round() != round) {
                // reset, disabled or deleted at the last moment
                return;
            }
            countdowns.remove(path);
        }
        status(path, "Expired");
        DeviceContext mounted = mounted();
        mounted.snapshot().object(path).ifPresent(row -> {
            Map<String, String> arguments = new HashMap<>();
            for (String name : List.of("Reference", "ReloadTimerValue", "SeverityIndication")) {
                arguments.put(name, row.value(name).orElse(""));
            }
            mounted.raise(path, "Watchdog!", arguments);
        });
    }

    private void status(String row, String status) {
        mounted().update(transaction -> {
            if (transaction
                    .snapshot()
                    .value(row + "Status")
                    .filter(now -> !now.equals(status))
                    .isPresent()) {
                transaction.set(row + "Status", status);
            }
            return row;
        });
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return supportedParameterPath.endsWith(".RemainingTimerValue");
    }

    @Override
    public synchronized String read(ObjectInstance object, String parameter) {
        Countdown countdown = countdowns.get(object.path());
        if (countdown == null) {
            return "0";
        }
        long left =
                Duration.between(runtime.steady().instant(), countdown.end()).toSeconds();
        return Long.toString(Math.max(0, left));
    }

    @Override
    public Map<String, String> operate(CommandCall call) {
        begin(call.object());
        return Map.of();
    }

    private DeviceContext mounted() {
        return Objects.requireNonNull(context, "not started");
    }

    @Override
    public synchronized void close() {
        countdowns.values().forEach(countdown -> countdown.entry().cancel());
        countdowns.clear();
    }
}
