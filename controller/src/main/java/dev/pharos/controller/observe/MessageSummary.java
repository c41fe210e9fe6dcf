// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.stream.Collectors;

/// Says in one line what a Message is about.
public final class MessageSummary {
    private static final int PATHS_SHOWN = 3;
    private static final String REQUEST = "Request";

    private MessageSummary() {}

    /// `Get`, `GetResponse`, `Error` …
    public static String kind(Body body) {
        String name = body instanceof UspError ? "Error" : body.getClass().getSimpleName();
        return name.endsWith(REQUEST) ? name.substring(0, name.length() - REQUEST.length()) : name;
    }

    static String of(Body body) {
        return switch (body) {
            case GetRequest get -> "Get " + paths(get.paramPaths());
            case SetRequest set ->
                "Set "
                        + paths(set.updateObjects().stream()
                                .map(SetRequest.UpdateObject::objPath)
                                .toList());
            case AddRequest add ->
                "Add "
                        + paths(add.createObjects().stream()
                                .map(AddRequest.CreateObject::objPath)
                                .toList());
            case DeleteRequest delete -> "Delete " + paths(delete.objPaths());
            case OperateRequest operate -> "Operate " + operate.command();
            case GetInstancesRequest instances -> "GetInstances " + paths(instances.objPaths());
            case GetSupportedDmRequest model -> "GetSupportedDM " + paths(model.objPaths());
            case NotifyRequest notify -> "Notify " + notification(notify.notification());
            case GetSupportedProtocolRequest protocol ->
                "GetSupportedProtocol " + protocol.controllerSupportedProtocolVersions();
            case RegisterRequest register -> "Register " + paths(register.paths());
            case DeregisterRequest deregister -> "Deregister " + paths(deregister.paths());
            case UspError error -> "Error " + error.fault();
            case Response response -> kind(response);
        };
    }

    private static String notification(Notification notification) {
        return switch (notification) {
            case Notification.Event event -> event.objPath() + event.eventName();
            case Notification.ValueChange change -> "ValueChange " + change.paramPath();
            case Notification.ObjectCreation creation -> "ObjectCreation " + creation.objPath();
            case Notification.ObjectDeletion deletion -> "ObjectDeletion " + deletion.objPath();
            case Notification.OperationComplete complete ->
                "OperationComplete " + complete.objPath() + complete.commandName();
            case Notification.OnBoardRequest ignored -> "OnBoardRequest";
        };
    }

    static String paths(List<String> paths) {
        String shown = paths.stream().limit(PATHS_SHOWN).collect(Collectors.joining(", "));
        return paths.size() <= PATHS_SHOWN ? shown : shown + " and " + (paths.size() - PATHS_SHOWN) + " more";
    }
}
