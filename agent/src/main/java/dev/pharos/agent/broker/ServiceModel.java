// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.EventDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.UniqueKey;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.CommandType;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.RequestedObjectResult;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedCommand;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedEvent;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a Service says that it supports, as far as it may be believed.
///
/// @param model its objects beneath the paths that it registered, and the objects that hold them
/// @param lies what was left out: objects that it has not registered, and names that are none
record ServiceModel(SupportedDataModel model, int lies) {
    private static final String UNKNOWN_URI = "urn:broadband-forum-org:tr-181";

    /// @param registered object paths
    static ServiceModel of(List<String> registered, GetSupportedDmResponse response) {
        Map<String, ObjectDefinition> believed = new HashMap<>();
        String uri = UNKNOWN_URI;
        int lies = 0;
        for (RequestedObjectResult result : response.requestedObjectResults()) {
            uri = result.dataModelInstUri().isEmpty() ? uri : result.dataModelInstUri();
            for (SupportedObject object : result.supportedObjects()) {
                try {
                    ObjectDefinition definition = definition(object);
                    if (registered.stream().anyMatch(definition.path()::startsWith)) {
                        believed.put(definition.path(), definition);
                    } else {
                        lies++;
                    }
                } catch (IllegalArgumentException noDefinition) {
                    lies++;
                }
            }
        }
        return assemble(uri, believed, lies);
    }

    /// Puts plain objects above those of the Service. What lies beneath a table that it does not have is left
    /// out.
    private static ServiceModel assemble(String uri, Map<String, ObjectDefinition> believed, int lies) {
        Map<String, ObjectDefinition> whole = new HashMap<>();
        whole.put("Device.", holder("Device."));
        int orphans = 0;
        for (ObjectDefinition object : believed.values()) {
            List<ObjectDefinition> way = new ArrayList<>(List.of(object));
            boolean complete = true;
            for (String path = object.holderPath();
                    !path.isEmpty();
                    path = way.getLast().holderPath()) {
                ObjectDefinition above = believed.get(path);
                if (above == null && path.endsWith("{i}.")) {
                    complete = false;
                    break;
                }
                way.add(above == null ? holder(path) : above);
            }
            if (complete) {
                way.forEach(one -> whole.put(one.path(), one));
            } else {
                orphans++;
            }
        }
        return new ServiceModel(SupportedDataModel.of(uri, whole.values()), lies + orphans);
    }

    private static ObjectDefinition holder(String path) {
        return new ObjectDefinition(path, ObjectAccess.READ_ONLY, List.of(), List.of(), List.of(), List.of(), "");
    }

    private static ObjectDefinition definition(SupportedObject object) {
        ObjectAccess access = switch (object.access()) {
            case READ_ONLY -> ObjectAccess.READ_ONLY;
            case ADD_DELETE -> ObjectAccess.ADD_DELETE;
            case ADD_ONLY -> ObjectAccess.ADD_ONLY;
            case DELETE_ONLY -> ObjectAccess.DELETE_ONLY;
        };
        return new ObjectDefinition(
                object.supportedObjPath(),
                access,
                object.uniqueKeySets().stream()
                        .filter(set -> !set.keyNames().isEmpty())
                        .map(set -> new UniqueKey(set.keyNames(), true))
                        .toList(),
                object.supportedParams().stream().map(ServiceModel::parameter).toList(),
                object.supportedCommands().stream().map(ServiceModel::command).toList(),
                object.supportedEvents().stream().map(ServiceModel::event).toList(),
                "");
    }

    private static ParameterDefinition parameter(SupportedParameter parameter) {
        ParameterAccess access = switch (parameter.access()) {
            case READ_ONLY -> ParameterAccess.READ_ONLY;
            case READ_WRITE, WRITE_ONLY -> ParameterAccess.READ_WRITE;
        };
        ValueChangeNotification notification = parameter.valueChange() == ValueChangeType.WILL_IGNORE
                ? ValueChangeNotification.IGNORED
                : ValueChangeNotification.ALLOWED;
        return new ParameterDefinition(
                parameter.paramName(),
                ParameterType.of(type(parameter.valueType())),
                access,
                Optional.empty(),
                Optional.empty(),
                false,
                notification,
                "");
    }

    private static PrimitiveType type(ParameterValueType type) {
        return switch (type) {
            case UNKNOWN, STRING -> PrimitiveType.STRING;
            case BASE_64 -> PrimitiveType.BASE64;
            case BOOLEAN -> PrimitiveType.BOOLEAN;
            case DATE_TIME -> PrimitiveType.DATE_TIME;
            case DECIMAL -> PrimitiveType.DECIMAL;
            case HEX_BINARY -> PrimitiveType.HEX_BINARY;
            case INT -> PrimitiveType.INT;
            case LONG -> PrimitiveType.LONG;
            case UNSIGNED_INT -> PrimitiveType.UNSIGNED_INT;
            case UNSIGNED_LONG -> PrimitiveType.UNSIGNED_LONG;
        };
    }

    private static CommandDefinition command(SupportedCommand command) {
        return new CommandDefinition(
                command.commandName(),
                command.commandType() == CommandType.ASYNC,
                arguments(command.inputArgNames()),
                arguments(command.outputArgNames()),
                "");
    }

    private static EventDefinition event(SupportedEvent event) {
        return new EventDefinition(event.eventName(), arguments(event.argNames()), "");
    }

    /// The types of arguments are not told, so the Service has to check them.
    private static List<ArgumentDefinition> arguments(List<String> names) {
        return names.stream()
                .map(name -> new ArgumentDefinition(name, ParameterType.of(PrimitiveType.STRING), false, ""))
                .toList();
    }
}
