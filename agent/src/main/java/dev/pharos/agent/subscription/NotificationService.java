// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.Boot;
import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.agent.localagent.OwnedRows;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.agent.runtime.SerialQueue;
import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Matches what happens against subscriptions, in the order in which it happened, and puts the notifications
/// into each controller's outbox. Committed changes and raised events are pushed; nothing is polled.
public final class NotificationService implements AutoCloseable {
    private final InstantiatedDataModel model;
    private final SubscriptionElement element;
    private final AgentRuntime runtime;
    private final NotificationJournal journal;
    private final AccessControl access;
    private final SubscriptionMatcher matcher;
    private final Onboarding onboarding;
    private final PeriodicSchedule periodic;
    private final TriggeredSettings settings;
    private final SerialQueue<Trigger> triggers = new SerialQueue<>(Limits.WAITING_TRIGGERS, this::handle);
    private final AtomicInteger underway = new AtomicInteger();
    private final Map<EndpointId, Outbox> outboxes = new ConcurrentHashMap<>(2);
    private final AtomicLong numbers = new AtomicLong();
    private final String idPrefix;
    private volatile List<Subscription> active = List.of();
    private volatile Elsewhere elsewhere = Elsewhere.NOWHERE;
    private AgentTimer.@Nullable Entry expiry;

    public NotificationService(
            InstantiatedDataModel model,
            SubscriptionElement element,
            DeviceIdentity identity,
            AccessControl access,
            NotificationJournal journal,
            AgentRuntime runtime) {
        this.model = model;
        this.element = element;
        this.runtime = runtime;
        this.journal = journal;
        this.access = access;
        this.matcher = new SubscriptionMatcher(access, model::snapshot);
        this.onboarding = new Onboarding(identity, model::snapshot, runtime.timer(), this::onboard);
        this.settings = new TriggeredSettings(model, access, runtime);
        this.periodic = new PeriodicSchedule(runtime, row -> trigger(new Trigger.PeriodDue(row)));
        // Unlike any id of an earlier process, whose notifications may still be on their way.
        this.idPrefix = "n" + Long.toString(runtime.clock().millis(), 36)
                + Integer.toString(runtime.random().nextInt(36 * 36 * 36), 36) + "-";
    }

    /// Makes a controller's outbox: before [#start], or when it becomes one later.
    public void add(EndpointId controller, NotificationSender sender) {
        outboxes.put(
                controller,
                new Outbox(
                        new Recipient(controller, model, access),
                        sender,
                        journal,
                        runtime,
                        request -> delivered(controller, request)));
    }

    /// The controller is none any more: nobody waits for what it was not told yet.
    public void remove(EndpointId controller) {
        Outbox gone = outboxes.remove(controller);
        if (gone != null) {
            gone.end();
        }
    }

    /// Begins with what an earlier process left, then this start's Boot!, then whatever happens.
    public void start(Boot boot) {
        model.onChange(changes -> {
            if (touchesUs(changes) || anyoneListens()) {
                trigger(new Trigger.Changed(changes));
            }
        });
        model.onEvent(event -> {
            if (anyoneListens()) {
                trigger(new Trigger.Raised(event));
            }
        });
        Map<EndpointId, List<PendingNotification>> kept = new LinkedHashMap<>();
        for (NotificationJournal.Kept one : journal.takeLoaded()) {
            kept.computeIfAbsent(one.controller(), controller -> new ArrayList<>())
                    .add(new PendingNotification(one.message().id(), one.request(), one.expiration()));
        }
        kept.forEach((controller, notifications) -> {
            Outbox outbox = outboxes.get(controller);
            if (outbox == null) {
                // A controller that is no longer configured.
                notifications.forEach(one -> journal.remove(controller, one));
            } else {
                outbox.restore(notifications);
            }
        });
        refresh(model.snapshot());
        booted(boot);
    }

    /// Tells of a start of the device, and asks controllers that have not onboarded it.
    private void booted(Boot boot) {
        trigger(new Trigger.Booted(boot));
        onboarding.started();
    }

    /// The device restarted without the end of the process.
    public void restarted(Boot boot) {
        element.removeTransient();
        outboxes.values().forEach(Outbox::restarted);
        booted(boot);
    }

    /// Parts of the data model are elsewhere from now on.
    public void lookElsewhere(Elsewhere place) {
        elsewhere = place;
    }

    /// Tells subscribers of another data model too, which is a part of the agent's.
    public void watch(InstantiatedDataModel other) {
        other.onChange(changes -> {
            if (anyoneListens()) {
                trigger(new Trigger.Changed(changes));
            }
        });
        other.onEvent(event -> {
            if (anyoneListens()) {
                trigger(new Trigger.Raised(event));
            }
        });
    }

    /// Whether there are subscriptions, or there may be once what waits is handled. Asked in this order: where nothing
    /// is underway, the subscriptions are those of all that happened before.
    private boolean anyoneListens() {
        return underway.get() > 0 || !active.isEmpty();
    }

    private Snapshot snapshotOf(String path) {
        return elsewhere.snapshot(path).orElseGet(model::snapshot);
    }

    /// Where the controllers and their Roles stand, which is not in the data model of a Service.
    private Snapshot withControllers(Snapshot snapshot) {
        return snapshot.object(LocalAgentModel.LOCAL_AGENT).isPresent() ? snapshot : model.snapshot();
    }

    public void completed(Notification.OperationComplete operation) {
        trigger(new Trigger.Completed(operation));
    }

    /// There is a connection to this controller.
    public void reachable(EndpointId controller) {
        Optional.ofNullable(outboxes.get(controller)).ifPresent(Outbox::reachable);
    }

    /// Whether something has happened of which this controller is about to be told over the connection that it has.
    public boolean isTelling(EndpointId controller) {
        return Optional.ofNullable(outboxes.get(controller))
                .filter(outbox -> underway.get() > 0 || outbox.isTelling())
                .isPresent();
    }

    /// A NotifyResponse has come.
    public void answered(EndpointId controller, MessageId id) {
        Optional.ofNullable(outboxes.get(controller)).ifPresent(outbox -> outbox.answered(id));
    }

    /// Sends an OnBoardRequest to the controller in this row, unless one is on its way (R-NOT.6, R-NOT.6a,
    /// R-NOT.7).
    public void onboard(String row) {
        outbox(row)
                .ifPresent(outbox -> outbox.putUnless(
                        request -> request.notification() instanceof Notification.OnBoardRequest,
                        new PendingNotification(nextId(), onboarding.request(), Duration.ZERO)));
    }

    private void delivered(EndpointId controller, NotifyRequest request) {
        if (request.notification() instanceof Notification.OnBoardRequest) {
            ControllerElement.row(model.snapshot(), controller).ifPresent(row -> onboarding.answered(row.path()));
        }
    }

    private void trigger(Trigger trigger) {
        underway.incrementAndGet();
        triggers.put(trigger);
    }

    private void handle(Trigger trigger) {
        try {
            switch (trigger) {
                case Trigger.Changed(ChangeSet changes) -> changed(changes);
                case Trigger.Raised(DataModelEvent event) ->
                    notifyAll(subscription ->
                            OwnedRows.isFor(subscription.recipient(), event.objectPath(), model.snapshot())
                                    ? matcher.match(subscription, event, snapshotOf(event.objectPath()))
                                    : Optional.empty());
                case Trigger.Completed(Notification.OperationComplete operation) ->
                    notifyAll(subscription -> matcher.match(subscription, operation, snapshotOf(operation.objPath())));
                case Trigger.Booted(Boot boot) ->
                    notifyAll(subscription -> matcher.match(subscription, boot, model.snapshot()));
                case Trigger.PeriodDue(String recipient) ->
                    notifyAll(subscription -> subscription.recipient().equals(recipient)
                            ? matcher.match(subscription, periodicEvent(), model.snapshot())
                            : Optional.empty());
            }
        } finally {
            underway.decrementAndGet();
        }
    }

    private static DataModelEvent periodicEvent() {
        return new DataModelEvent(LocalAgentModel.LOCAL_AGENT, "Periodic!", Map.of());
    }

    /// Matched with the subscriptions of before, so that the change that ends one is its last notification
    /// and the change that makes one is not its first.
    private void changed(ChangeSet changes) {
        if (!active.isEmpty()) {
            Map<String, List<PendingNotification>> found = new LinkedHashMap<>();
            for (Change change : changes.changes()) {
                for (Subscription subscription : active) {
                    matcher.match(subscription, change, changes)
                            .filter(notification -> tells(subscription))
                            .ifPresent(notification -> found.computeIfAbsent(
                                            subscription.recipient(), row -> new ArrayList<>())
                                    .add(pending(subscription, notification, changes.after())));
                }
            }
            found.forEach((row, pending) ->
                    outbox(row, withControllers(changes.before())).ifPresent(outbox -> outbox.put(pending)));
        }
        if (touchesUs(changes)) {
            refresh(withControllers(changes.after()));
            onboarding.changed(changes);
        }
    }

    private void notifyAll(Function<Subscription, Optional<Notification>> match) {
        for (Subscription subscription : active) {
            match.apply(subscription)
                    .filter(notification -> tells(subscription))
                    .ifPresent(notification -> outbox(subscription.recipient())
                            .ifPresent(outbox ->
                                    outbox.put(List.of(pending(subscription, notification, model.snapshot())))));
        }
    }

    /// Lets a triggered subscription write what it is to write; says whether it also tells its recipient.
    private boolean tells(Subscription subscription) {
        if (!subscription.action().settings().isEmpty()) {
            settings.triggered(subscription);
        }
        return subscription.action().notifies();
    }

    private PendingNotification pending(Subscription subscription, Notification notification, Snapshot judgedIn) {
        return new PendingNotification(
                nextId(),
                new NotifyRequest(subscription.id(), subscription.retry(), notification),
                subscription.expiration(),
                access.of(withControllers(judgedIn), subscription.recipient()));
    }

    private MessageId nextId() {
        return new MessageId(idPrefix + numbers.incrementAndGet());
    }

    private static boolean touchesUs(ChangeSet changes) {
        return changes.changes().stream()
                .anyMatch(change -> change.path().startsWith(LocalAgentModel.SUBSCRIPTIONS)
                        || change.path().startsWith(LocalAgentModel.CONTROLLERS)
                        || change.path().startsWith(AccessControl.TRUST));
    }

    /// Reads the subscriptions as they were at one moment. A later one, which the data model may have reached already,
    /// would take them from changes that are still to be matched with them.
    private void refresh(Snapshot snapshot) {
        List<Subscription> read = Subscription.active(snapshot);
        active = read;
        Set<String> periodicSubscribers = read.stream()
                .filter(subscription -> matcher.wantsPeriodic(subscription, snapshot))
                .map(Subscription::recipient)
                .collect(Collectors.toSet());
        periodic.plan(periodicSubscribers, snapshot);
        planExpiry(Subscription.rows(snapshot).stream()
                .flatMap(row -> Subscription.expires(row).stream())
                .min(Instant::compareTo));
    }

    private synchronized void planExpiry(Optional<Instant> next) {
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
        if (next.isPresent()) {
            Duration wait = Duration.between(runtime.clock().instant(), next.get());
            expiry = runtime.timer()
                    .schedule(
                            wait.isNegative() ? Duration.ZERO : wait.plusMillis(1),
                            () -> planExpiry(element.removeExpired()));
        }
    }

    private Optional<Outbox> outbox(String row) {
        return outbox(row, model.snapshot());
    }

    private Optional<Outbox> outbox(String row, Snapshot snapshot) {
        Optional<String> endpoint = snapshot.object(row).flatMap(found -> found.value("EndpointID"));
        return endpoint.flatMap(id -> outboxes.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equals(id))
                .map(Map.Entry::getValue)
                .findFirst());
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (expiry != null) {
                expiry.cancel();
            }
        }
        periodic.close();
        settings.close();
        triggers.close();
        outboxes.values().forEach(Outbox::close);
        journal.close();
    }
}
