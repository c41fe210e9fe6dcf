// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.EventDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse.CommandType;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedCommand;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedEvent;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.UniqueKeySet;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import dev.pharos.usp.path.PathName;
import java.util.List;

/// Definitions as one controller may see them, in the words of a GetSupportedDM response.
final class DefinitionView {
    private final Permissions permissions;

    DefinitionView(Permissions permissions) {
        this.permissions = permissions;
    }

    boolean sees(ObjectDefinition object) {
        return permissions.allows(Right.READ_OBJECT, object.path());
    }

    /// An object with what the request asks for.
    SupportedObject object(ObjectDefinition object, GetSupportedDmRequest request) {
        return of(
                object,
                request.returnCommands() ? commands(object) : List.of(),
                request.returnEvents() ? events(object) : List.of(),
                request.returnParams() ? parameters(object) : List.of(),
                request.returnUniqueKeySets() ? keys(object) : List.of());
    }

    /// An object beneath the requested one, where only the first level is wanted.
    SupportedObject outline(ObjectDefinition object, GetSupportedDmRequest request) {
        return of(object, List.of(), List.of(), List.of(), request.returnUniqueKeySets() ? keys(object) : List.of());
    }

    /// An object of which each instance has a supported data model of its own, to be asked for one by one.
    SupportedObject divergent(ObjectDefinition object, List<String> paths) {
        return new SupportedObject(
                object.path(), access(object), object.isTable(), List.of(), List.of(), List.of(), paths, List.of());
    }

    /// An object with one command, event or parameter only, which is what a path to such an element asks for.
    SupportedObject element(ObjectDefinition object, PathName path) {
        List<SupportedCommand> commands = List.of();
        List<SupportedEvent> events = List.of();
        List<SupportedParameter> parameters = List.of();
        switch (path.leafKind()) {
            case COMMAND ->
                commands = commands(object).stream()
                        .filter(command -> command.commandName().equals(path.leaf() + "()"))
                        .toList();
            case EVENT ->
                events = events(object).stream()
                        .filter(event -> event.eventName().equals(path.leaf() + "!"))
                        .toList();
            case PARAMETER ->
                parameters = parameters(object).stream()
                        .filter(parameter -> parameter.paramName().equals(path.leaf()))
                        .toList();
            case OBJECT -> {}
        }
        if (commands.isEmpty() && events.isEmpty() && parameters.isEmpty()) {
            throw PathReader.unsupported(path);
        }
        return of(object, commands, events, parameters, List.of());
    }

    private static SupportedObject of(
            ObjectDefinition object,
            List<SupportedCommand> commands,
            List<SupportedEvent> events,
            List<SupportedParameter> parameters,
            List<UniqueKeySet> keys) {
        return new SupportedObject(
                object.path(), access(object), object.isTable(), commands, events, parameters, List.of(), keys);
    }

    private static ObjectAccess access(ObjectDefinition object) {
        return switch (object.access()) {
            case READ_ONLY -> ObjectAccess.READ_ONLY;
            case ADD_DELETE -> ObjectAccess.ADD_DELETE;
            case ADD_ONLY -> ObjectAccess.ADD_ONLY;
            case DELETE_ONLY -> ObjectAccess.DELETE_ONLY;
        };
    }

    private List<SupportedCommand> commands(ObjectDefinition object) {
        return object.commands().stream()
                .filter(command -> permissions.allows(Right.READ_COMMAND_OR_EVENT, object.path() + command.name()))
                .map(DefinitionView::command)
                .toList();
    }

    private static SupportedCommand command(CommandDefinition command) {
        return new SupportedCommand(
                command.name(),
                names(command.inputs()),
                names(command.outputs()),
                command.asynchronous() ? CommandType.ASYNC : CommandType.SYNC);
    }

    private List<SupportedEvent> events(ObjectDefinition object) {
        return object.events().stream()
                .filter(event -> permissions.allows(Right.READ_COMMAND_OR_EVENT, object.path() + event.name()))
                .map(DefinitionView::event)
                .toList();
    }

    private static SupportedEvent event(EventDefinition event) {
        return new SupportedEvent(event.name(), names(event.arguments()));
    }

    private static List<String> names(List<ArgumentDefinition> arguments) {
        return arguments.stream().map(ArgumentDefinition::name).toList();
    }

    private List<SupportedParameter> parameters(ObjectDefinition object) {
        return object.parameters().stream()
                .filter(parameter -> permissions.allows(Right.READ_PARAMETER, object.path() + parameter.name()))
                .map(DefinitionView::parameter)
                .toList();
    }

    private static SupportedParameter parameter(ParameterDefinition parameter) {
        ParameterAccess access = switch (parameter.access()) {
            case READ_ONLY -> ParameterAccess.READ_ONLY;
            case READ_WRITE, WRITE_ONCE -> ParameterAccess.READ_WRITE;
        };
        ValueChangeType valueChange = switch (parameter.notification()) {
            case ALLOWED -> ValueChangeType.ALLOWED;
            case IGNORED -> ValueChangeType.WILL_IGNORE;
        };
        // A list travels as text, whatever its items are.
        ParameterValueType type = parameter.type().list()
                ? ParameterValueType.STRING
                : type(parameter.type().base());
        return new SupportedParameter(parameter.name(), access, type, valueChange);
    }

    private static ParameterValueType type(PrimitiveType base) {
        return switch (base) {
            case STRING -> ParameterValueType.STRING;
            case BOOLEAN -> ParameterValueType.BOOLEAN;
            case INT -> ParameterValueType.INT;
            case UNSIGNED_INT -> ParameterValueType.UNSIGNED_INT;
            case LONG -> ParameterValueType.LONG;
            case UNSIGNED_LONG -> ParameterValueType.UNSIGNED_LONG;
            case DECIMAL -> ParameterValueType.DECIMAL;
            case DATE_TIME -> ParameterValueType.DATE_TIME;
            case BASE64 -> ParameterValueType.BASE_64;
            case HEX_BINARY -> ParameterValueType.HEX_BINARY;
        };
    }

    private List<UniqueKeySet> keys(ObjectDefinition object) {
        return object.uniqueKeys().stream()
                .filter(key -> key.parameters().stream()
                        .allMatch(name -> permissions.allows(Right.READ_PARAMETER, object.path() + name)))
                .map(key -> new UniqueKeySet(key.parameters()))
                .toList();
    }
}
