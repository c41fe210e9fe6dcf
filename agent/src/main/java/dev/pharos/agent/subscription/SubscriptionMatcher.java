// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Right;
import dev.pharos.agent.localagent.Boot;
import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.message.Notification;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides whether a subscription is told of something, and what. The rights of its recipient count at this
/// moment.
final class SubscriptionMatcher {
    private final AccessControl access;
    private final Supplier<Snapshot> agent;

    /// @param agent the agent's own data model, where the Roles are
    SubscriptionMatcher(AccessControl access, Supplier<Snapshot> agent) {
        this.access = access;
        this.agent = agent;
    }

    Optional<Notification> match(Subscription subscription, Change change, ChangeSet set) {
        return switch (change) {
            case Change.ValueChanged changed ->
                subscription.type() == NotifType.VALUE_CHANGE
                        ? valueChange(subscription, changed, set.after(), rights(subscription, set.after()))
                        : Optional.empty();
            case Change.RowAdded added ->
                subscription.type() == NotifType.OBJECT_CREATION
                        ? creation(subscription, added, set.after(), rights(subscription, set.after()))
                        : Optional.empty();
            // The rights of now, with the search expressions of Targets answered as long as the row was there.
            case Change.RowDeleted deleted ->
                subscription.type() == NotifType.OBJECT_DELETION
                        ? deletion(
                                subscription,
                                deleted,
                                set.before(),
                                rights(subscription, set.after()).in(set.before()))
                        : Optional.empty();
        };
    }

    /// The Roles are not in the data model of a USP Service, while what their Targets search for may be.
    private Permissions rights(Subscription subscription, Snapshot snapshot) {
        return snapshot.object(AccessControl.TRUST).isPresent()
                ? access.of(snapshot, subscription.recipient())
                : access.of(agent.get(), subscription.recipient()).in(snapshot);
    }

    private static Optional<Notification> valueChange(
            Subscription subscription, Change.ValueChanged changed, Snapshot after, Permissions rights) {
        int leaf = changed.path().lastIndexOf('.') + 1;
        String objectPath = changed.path().substring(0, leaf);
        String name = changed.path().substring(leaf);
        Optional<ParameterDefinition> definition =
                after.object(objectPath).flatMap(object -> object.definition().parameter(name));
        boolean told = definition.isPresent()
                && definition.get().notification() == ValueChangeNotification.ALLOWED
                && rights.allows(Right.NOTIFY_PARAMETER, changed.path())
                && subscription.references().stream()
                        .anyMatch(reference -> reference.coversElement(objectPath, name, after, rights.readable()));
        return told
                ? Optional.of(new Notification.ValueChange(
                        changed.path(), rights.shown(objectPath, definition.get(), changed.after())))
                : Optional.empty();
    }

    private static Optional<Notification> creation(
            Subscription subscription, Change.RowAdded added, Snapshot after, Permissions rights) {
        Optional<ObjectInstance> row = after.object(added.path());
        boolean told = row.isPresent()
                && rights.allows(Right.NOTIFY_ROW_ADDED, added.path())
                && subscription.references().stream()
                        .anyMatch(reference -> reference.coversNewRow(added.path(), after, rights.readable()));
        if (!told) {
            return Optional.empty();
        }
        Map<String, String> keys = new LinkedHashMap<>();
        row.get().uniqueKeys().forEach((name, value) -> {
            if (rights.allows(Right.READ_PARAMETER, added.path() + name)) {
                keys.put(name, rights.shown(row.get(), name, value));
            }
        });
        return Optional.of(new Notification.ObjectCreation(added.path(), keys));
    }

    private static Optional<Notification> deletion(
            Subscription subscription, Change.RowDeleted deleted, Snapshot before, Permissions rights) {
        boolean told = rights.allows(Right.NOTIFY_ROW_DELETED, deleted.path())
                && subscription.references().stream()
                        .anyMatch(reference -> reference.coversDeletedRow(deleted.path(), before, rights.readable()));
        return told ? Optional.of(new Notification.ObjectDeletion(deleted.path())) : Optional.empty();
    }

    Optional<Notification> match(Subscription subscription, DataModelEvent event, Snapshot snapshot) {
        return wants(subscription, NotifType.EVENT, event.objectPath(), event.name(), snapshot)
                ? Optional.of(new Notification.Event(event.objectPath(), event.name(), event.arguments()))
                : Optional.empty();
    }

    Optional<Notification> match(
            Subscription subscription, Notification.OperationComplete operation, Snapshot snapshot) {
        return wants(subscription, NotifType.OPERATION_COMPLETE, operation.objPath(), operation.commandName(), snapshot)
                ? Optional.of(operation)
                : Optional.empty();
    }

    Optional<Notification> match(Subscription subscription, Boot boot, Snapshot snapshot) {
        Optional<ObjectInstance> controller = snapshot.object(subscription.recipient());
        return controller.isPresent() && wants(subscription, NotifType.EVENT, "Device.", "Boot!", snapshot)
                ? Optional.of(BootEvent.of(boot, controller.get(), snapshot, rights(subscription, snapshot)))
                : Optional.empty();
    }

    /// Whether a subscription is about Periodic!, so that its recipient needs a timer.
    boolean wantsPeriodic(Subscription subscription, Snapshot snapshot) {
        return wants(subscription, NotifType.EVENT, LocalAgentModel.LOCAL_AGENT, "Periodic!", snapshot);
    }

    private boolean wants(
            Subscription subscription, NotifType type, String objectPath, String name, Snapshot snapshot) {
        if (subscription.type() != type) {
            return false;
        }
        Permissions rights = rights(subscription, snapshot);
        return rights.allows(Right.NOTIFY_COMMAND_OR_EVENT, objectPath + name)
                && subscription.references().stream()
                        .anyMatch(reference -> reference.coversElement(objectPath, name, snapshot, rights.readable()));
    }
}
