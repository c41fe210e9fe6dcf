// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.notification;

import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Turns notifications into events with a sentence for people.
final class NotificationText {
    private NotificationText() {}

    static DeviceEvent event(Instant time, EndpointId device, NotifyRequest notify) {
        return switch (notify.notification()) {
            case Notification.ValueChange change -> {
                String value = Secrets.masked(change.paramPath(), change.paramValue());
                yield of(
                        time,
                        device,
                        EventKind.VALUE_CHANGE,
                        change.paramPath(),
                        "",
                        value,
                        Map.of(),
                        notify,
                        change.paramPath() + " is now " + quoted(value));
            }
            case Notification.ObjectCreation creation ->
                of(
                        time,
                        device,
                        EventKind.OBJECT_CREATION,
                        creation.objPath(),
                        "",
                        "",
                        Secrets.masked(creation.uniqueKeys()),
                        notify,
                        creation.objPath() + " was created");
            case Notification.ObjectDeletion deletion ->
                of(
                        time,
                        device,
                        EventKind.OBJECT_DELETION,
                        deletion.objPath(),
                        "",
                        "",
                        Map.of(),
                        notify,
                        deletion.objPath() + " was deleted");
            case Notification.Event event ->
                of(
                        time,
                        device,
                        EventKind.EVENT,
                        event.objPath(),
                        event.eventName(),
                        "",
                        shown(event.params()),
                        notify,
                        event.objPath() + event.eventName() + " happened");
            case Notification.OperationComplete complete -> completed(time, device, notify, complete);
            case Notification.OnBoardRequest request ->
                of(
                        time,
                        device,
                        EventKind.ON_BOARD_REQUEST,
                        "",
                        "",
                        "",
                        Map.of(
                                "oui", request.oui(),
                                "productClass", request.productClass(),
                                "serialNumber", request.serialNumber(),
                                "agentSupportedProtocolVersions", request.agentSupportedProtocolVersions()),
                        notify,
                        "the device asks to be onboarded: " + request.oui() + " " + request.productClass() + " "
                                + request.serialNumber());
        };
    }

    private static DeviceEvent completed(
            Instant time, EndpointId device, NotifyRequest notify, Notification.OperationComplete complete) {
        String command = complete.objPath() + complete.commandName();
        return switch (complete.result()) {
            case Notification.OutputArgs output -> {
                Map<String, String> args = new LinkedHashMap<>(shown(output.outputArgs()));
                args.put("commandKey", complete.commandKey());
                yield of(
                        time,
                        device,
                        EventKind.OPERATION_COMPLETE,
                        complete.objPath(),
                        complete.commandName(),
                        "success",
                        args,
                        notify,
                        command + " completed");
            }
            case Notification.CommandFailure failure -> {
                String fault = shown(failure.fault().toString());
                yield of(
                        time,
                        device,
                        EventKind.OPERATION_COMPLETE,
                        complete.objPath(),
                        complete.commandName(),
                        fault,
                        Map.of("commandKey", complete.commandKey()),
                        notify,
                        command + " failed: " + fault);
            }
        };
    }

    private static DeviceEvent of(
            Instant time,
            EndpointId device,
            EventKind kind,
            String path,
            String name,
            String value,
            Map<String, String> args,
            NotifyRequest notify,
            String text) {
        return new DeviceEvent(time, Optional.of(device), kind, path, name, value, args, notify.subscriptionId(), text);
    }

    /// What secrets have as names is masked, and so are logins and tokens in URLs, as TransferComplete! tells of them.
    private static Map<String, String> shown(Map<String, String> args) {
        Map<String, String> shown = new LinkedHashMap<>(Secrets.masked(args));
        shown.replaceAll((name, value) -> shown(value));
        return shown;
    }

    private static String shown(String text) {
        return text.contains("://") ? SecretParameters.BY_NAME.masked(text) : text;
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "empty" : value;
    }
}
