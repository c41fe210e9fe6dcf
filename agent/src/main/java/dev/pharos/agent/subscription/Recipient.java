// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Right;
import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The controller that notifications go to, as its row and its Roles are at the moment of asking.
final class Recipient {
    private final EndpointId endpointId;
    private final InstantiatedDataModel model;
    private final AccessControl access;

    Recipient(EndpointId endpointId, InstantiatedDataModel model, AccessControl access) {
        this.endpointId = endpointId;
        this.model = model;
        this.access = access;
    }

    EndpointId endpointId() {
        return endpointId;
    }

    /// How long to wait between attempts (R-NOT.1).
    RetryBackoff backoff() {
        Optional<ObjectInstance> row = ControllerElement.row(model.snapshot(), endpointId);
        Duration minimum = row.map(found -> Subscription.seconds(found, "USPNotifRetryMinimumWaitInterval"))
                .orElse(RetryBackoff.DEFAULT.minimumWait());
        long multiplier = row.map(found -> Subscription.seconds(found, "USPNotifRetryIntervalMultiplier")
                        .toSeconds())
                .orElse((long) RetryBackoff.DEFAULT.multiplier());
        return new RetryBackoff(
                minimum.isZero() ? RetryBackoff.DEFAULT.minimumWait() : minimum, Math.clamp(multiplier, 1000, 65_535));
    }

    /// A notification as the controller may be told it now, however long it has waited; empty where it may
    /// not be told any more, since its rights were taken away (R-SEC.1).
    Optional<NotifyRequest> told(PendingNotification pending) {
        Snapshot now = model.snapshot();
        Optional<ObjectInstance> row =
                ControllerElement.row(now, endpointId).filter(found -> !AccessControl.isBanned(now, found));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Permissions rights = access.of(now, row.get());
        NotifyRequest request = pending.request();
        if (pending.judgedBy().filter(rights::sameRoles).isPresent()) {
            return Optional.of(request);
        }
        if (pending.judgedBy().isPresent() && PendingNotification.reportCharacters(request) > 0) {
            // Its values were gathered with rights that are no longer the controller's; the next interval has others.
            return Optional.empty();
        }
        return shown(request.notification(), rights, now)
                .map(notification -> new NotifyRequest(request.subscriptionId(), request.sendResponse(), notification));
    }

    private static Optional<Notification> shown(Notification notification, Permissions rights, Snapshot now) {
        return switch (notification) {
            case Notification.OnBoardRequest asked -> Optional.of(asked);
            case Notification.ValueChange(String path, String value) ->
                rights.allows(Right.NOTIFY_PARAMETER, path)
                        ? Optional.of(new Notification.ValueChange(path, shown(path, value, rights, now)))
                        : Optional.empty();
            case Notification.ObjectCreation(String path, Map<String, String> keys) ->
                rights.allows(Right.NOTIFY_ROW_ADDED, path)
                        ? Optional.of(new Notification.ObjectCreation(path, readable(path, keys, rights)))
                        : Optional.empty();
            case Notification.ObjectDeletion deletion ->
                rights.allows(Right.NOTIFY_ROW_DELETED, deletion.objPath()) ? Optional.of(deletion) : Optional.empty();
            case Notification.OperationComplete complete ->
                rights.allows(Right.NOTIFY_COMMAND_OR_EVENT, complete.objPath() + complete.commandName())
                        ? Optional.of(complete)
                        : Optional.empty();
            case Notification.Event event ->
                rights.allows(Right.NOTIFY_COMMAND_OR_EVENT, event.objPath() + event.eventName())
                        ? Optional.of(withoutValues(event))
                        : Optional.empty();
        };
    }

    private static String shown(String path, String value, Permissions rights, Snapshot now) {
        int leaf = path.lastIndexOf('.') + 1;
        return now.object(path.substring(0, leaf))
                .map(object -> rights.shown(object, path.substring(leaf), value))
                .orElse("");
    }

    private static Map<String, String> readable(String path, Map<String, String> keys, Permissions rights) {
        Map<String, String> left = new LinkedHashMap<>(keys);
        left.keySet().removeIf(name -> !rights.allows(Right.READ_PARAMETER, path + name));
        return left;
    }

    /// What Boot! says of parameters was gathered with rights that are no longer the controller's.
    private static Notification.Event withoutValues(Notification.Event event) {
        if (!event.params().containsKey("ParameterMap")) {
            return event;
        }
        Map<String, String> params = new LinkedHashMap<>(event.params());
        params.put("ParameterMap", "{}");
        return new Notification.Event(event.objPath(), event.eventName(), params);
    }
}
