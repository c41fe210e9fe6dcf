// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.datamodel.definition.EventDefinition;
import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.util.Map;

/// An event that no element of the device has noticed, but a program on it, which says it by its path.
public final class ToldEvent {
    private ToldEvent() {}

    /// @param event with instance numbers and `!`
    /// @throws UspException 7008 where it is no such path, 7016 where there is no such object, 7026 where
    ///     that has no such event, 7027 where the event has no such argument
    public static DataModelEvent of(Snapshot snapshot, String event, Map<String, String> arguments) {
        PathName path = PathName.require(event);
        if (path.leafKind() != PathName.LeafKind.EVENT || path.isSearch()) {
            throw new UspException(StandardErrorCode.INVALID_PATH_SYNTAX, "not an event: " + event);
        }
        String object = path.object().toString();
        ObjectInstance instance = snapshot.object(object)
                .orElseThrow(() -> new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "there is no " + object));
        EventDefinition definition = instance.definition()
                .event(path.leaf() + "!")
                .orElseThrow(() -> new UspException(StandardErrorCode.INVALID_PATH, "there is no " + event));
        arguments.keySet().forEach(name -> mustBeOf(definition, name));
        return new DataModelEvent(object, definition.name(), arguments);
    }

    private static void mustBeOf(EventDefinition definition, String argument) {
        String defined = argument.replaceAll("\\.\\d+(?=\\.)", ".{i}");
        if (definition.arguments().stream().noneMatch(known -> known.name().equals(defined))) {
            throw new UspException(
                    StandardErrorCode.INVALID_COMMAND_ARGUMENTS, definition.name() + " has no argument " + argument);
        }
    }
}
