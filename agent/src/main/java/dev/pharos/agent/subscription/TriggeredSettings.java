// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.agent.runtime.SerialQueue;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what triggered Subscriptions are to write, all of one Subscription's settings or none, with the rights
/// that its Recipient has at that moment. Thread-safe.
///
/// What is written may trigger again: a Subscription pauses after each time, and the triggers of a pause count
/// once, so that those which work against each other cost little and harm nobody else.
final class TriggeredSettings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TriggeredSettings.class);

    private final InstantiatedDataModel model;
    private final AccessControl access;
    private final AgentRuntime runtime;
    private final SerialQueue<Subscription> queue = new SerialQueue<>(Limits.SUBSCRIPTIONS, this::write);
    private final Map<String, Pause> pauses = new HashMap<>(1);

    TriggeredSettings(InstantiatedDataModel model, AccessControl access, AgentRuntime runtime) {
        this.model = model;
        this.access = access;
        this.runtime = runtime;
    }

    /// @param again what was triggered meanwhile
    private record Pause(AgentTimer.Entry end, Optional<Subscription> again) {}

    synchronized void triggered(Subscription subscription) {
        Pause pause = pauses.get(key(subscription));
        if (pause == null) {
            begin(subscription);
        } else {
            pauses.put(key(subscription), new Pause(pause.end(), Optional.of(subscription)));
        }
    }

    private void begin(Subscription subscription) {
        String key = key(subscription);
        pauses.put(key, new Pause(runtime.timer().schedule(Limits.TRIGGER_PAUSE, () -> over(key)), Optional.empty()));
        if (queue.offer(subscription) < 0) {
            LOG.warn("too many triggered settings wait, those of {} are left out", subscription.id());
        }
    }

    private synchronized void over(String key) {
        Pause pause = pauses.remove(key);
        if (pause != null) {
            pause.again().ifPresent(this::begin);
        }
    }

    private static String key(Subscription subscription) {
        return subscription.recipient() + subscription.id();
    }

    private void write(Subscription subscription) {
        Snapshot snapshot = model.snapshot();
        ObjectInstance controller = snapshot.object(subscription.recipient()).orElse(null);
        if (controller == null) {
            return;
        }
        Requester requester = new Requester(
                EndpointId.of(controller.value("EndpointID").orElse("")),
                controller.path(),
                access.of(snapshot, controller));
        try {
            requester.call(() -> model.write(Origin.MANAGEMENT, transaction -> {
                subscription.action().settings().forEach(setting -> set(transaction, setting, requester.permissions()));
                return transaction;
            }));
        } catch (UspException refused) {
            LOG.warn(
                    "subscription {} of {} could not write: {}", subscription.id(), controller.path(), refused.fault());
        }
    }

    private static void set(Transaction transaction, TriggerAction.Setting setting, Permissions rights) {
        for (ObjectInstance object :
                transaction.snapshot().resolve(setting.parameter().object(), rights.readable())) {
            String parameter = object.path() + setting.parameter().leaf();
            if (!rights.allows(Right.WRITE_PARAMETER, parameter)) {
                throw new UspException(StandardErrorCode.PERMISSION_DENIED, parameter);
            }
            transaction.set(parameter, setting.value());
        }
    }

    @Override
    public synchronized void close() {
        queue.close();
        pauses.values().forEach(pause -> pause.end().cancel());
        pauses.clear();
    }
}
