// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Right;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.agent.runtime.SerialQueue;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.Threshold.`: raises `Triggered!` for the controller that made the row, when a parameter
/// that this controller may read passes a value. Changes count when they happen; values that nobody announces,
/// such as counters, are looked at while there is an enabled row. Thread-safe.
public final class ThresholdElement implements ServiceElement {
    private final AccessControl access;
    private final AgentRuntime runtime;
    /// By row and parameter; touched by the queue only.
    private final Map<String, Map<String, String>> seen = new HashMap<>(1);
    private final SerialQueue<Snapshot> moments = new SerialQueue<>(Limits.WAITING_TRIGGERS, this::look);
    private volatile List<ThresholdRule> rules = List.of();
    private volatile @Nullable DeviceContext context;
    private AgentTimer.@Nullable Entry poll;

    public ThresholdElement(AccessControl access, AgentRuntime runtime) {
        this.access = access;
        this.runtime = runtime;
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.THRESHOLD;
    }

    @Override
    public void start(DeviceContext context) {
        this.context = context;
        OwnedRows.removeOrphans(context, "Threshold");
        context.update(transaction -> {
            transaction.set(
                    LocalAgentModel.LOCAL_AGENT + "SupportedThresholdOperator",
                    String.join(",", ThresholdRule.OPERATORS));
            return transaction;
        });
        read(context.snapshot());
    }

    @Override
    public void complete(Transaction device, ObjectInstance row) {
        if (OwnedRows.of(device.snapshot(), "Threshold").size() > Limits.THRESHOLDS) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED, "there are " + Limits.THRESHOLDS + " thresholds");
        }
        OwnedRows.own(device, row);
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            if (!(change instanceof Change.RowDeleted)) {
                String object = change.path().substring(0, change.path().lastIndexOf('.') + 1);
                proposed.after()
                        .object(object)
                        .filter(row -> object.startsWith(LocalAgentModel.THRESHOLDS))
                        .ifPresent(ThresholdRule::check);
            }
        }
    }

    @Override
    public void apply(ChangeSet changes) {
        read(changes.after());
    }

    @Override
    public void undo(ChangeSet changes) {
        read(changes.before());
    }

    private synchronized void read(Snapshot snapshot) {
        rules = OwnedRows.of(snapshot, "Threshold").stream()
                .filter(row -> row.value("Enable").filter("true"::equals).isPresent())
                .flatMap(row -> ThresholdRule.of(row).stream())
                .toList();
        if (rules.isEmpty() && poll != null) {
            poll.cancel();
            poll = null;
        } else if (!rules.isEmpty()) {
            moments.offer(snapshot);
            if (poll == null) {
                planPoll();
            }
        }
    }

    private void planPoll() {
        poll = runtime.timer().schedule(Limits.THRESHOLD_POLL, () -> {
            moments.offer(mounted().snapshot());
            synchronized (this) {
                if (poll != null) {
                    planPoll();
                }
            }
        });
    }

    /// Something changed, anywhere in the data model.
    public void changed(ChangeSet changes) {
        List<ThresholdRule> now = rules;
        if (!now.isEmpty()
                && changes.changes().stream()
                        .anyMatch(change -> now.stream().anyMatch(rule -> rule.concerns(change)))) {
            // where the queue is full, the next look finds out
            moments.offer(changes.after());
        }
    }

    private void look(Snapshot moment) {
        List<ThresholdRule> now = rules;
        seen.keySet().removeIf(row -> now.stream().noneMatch(rule -> rule.row().equals(row)));
        for (ThresholdRule rule : now) {
            look(rule, moment);
        }
    }

    private void look(ThresholdRule rule, Snapshot moment) {
        Permissions rights = access.of(moment, rule.owner());
        Map<String, String> before = seen.computeIfAbsent(rule.row(), row -> new HashMap<>());
        Map<String, String> after = new HashMap<>();
        for (ObjectInstance object : objects(rule.parameter(), moment, rights)) {
            String path = object.path() + rule.parameter().leaf();
            if (after.size() < Limits.THRESHOLD_PARAMETERS && rights.allows(Right.READ_PARAMETER, path)) {
                object.value(rule.parameter().leaf())
                        .map(value -> rights.shown(object, rule.parameter().leaf(), value))
                        .ifPresent(value -> after.put(path, value));
            }
        }
        seen.put(rule.row(), after);
        after.forEach((path, value) -> {
            String old = before.get(path);
            if (old != null && rule.isPassed(old, value)) {
                trigger(rule, path, value);
            }
        });
    }

    private static List<ObjectInstance> objects(PathName parameter, Snapshot moment, Permissions rights) {
        try {
            return moment.resolve(parameter.object(), rights.readable());
        } catch (UspException unknown) {
            return List.of();
        }
    }

    private void trigger(ThresholdRule rule, String path, String value) {
        DeviceContext mounted = mounted();
        if (mounted.snapshot().object(rule.row()).isEmpty()) {
            return;
        }
        mounted.raise(rule.row(), "Triggered!", Map.of("ParamPath", path, "ParamValue", value));
        if (rule.once()) {
            mounted.update(transaction -> {
                transaction.set(rule.row() + "Enable", "false");
                return transaction;
            });
            read(mounted.snapshot());
        }
    }

    private DeviceContext mounted() {
        return Objects.requireNonNull(context, "not started");
    }

    @Override
    public synchronized void close() {
        if (poll != null) {
            poll.cancel();
            poll = null;
        }
        moments.close();
    }
}
