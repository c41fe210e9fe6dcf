// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Optional;

/// An object as the supported data model describes it.
///
/// @param path with `{i}` for instances and a trailing dot: `Device.WiFi.SSID.{i}.`
/// @param presence when the object is there; empty where it always is
public record ObjectDefinition(
        String path,
        ObjectAccess access,
        List<UniqueKey> uniqueKeys,
        List<ParameterDefinition> parameters,
        List<CommandDefinition> commands,
        List<EventDefinition> events,
        String description,
        Optional<Presence> presence) {
    /// @throws IllegalArgumentException where the path is no supported object path, or an element is there
    ///     twice
    public ObjectDefinition {
        ElementNames.checkObjectPath(path);
        uniqueKeys = Frozen.list(uniqueKeys);
        parameters = Frozen.list(parameters);
        commands = Frozen.list(commands);
        events = Frozen.list(events);
        ElementNames.checkDistinct(path, parameters, ParameterDefinition::name);
        ElementNames.checkDistinct(path, commands, CommandDefinition::name);
        ElementNames.checkDistinct(path, events, EventDefinition::name);
    }

    /// An object that is there wherever its holder is.
    public ObjectDefinition(
            String path,
            ObjectAccess access,
            List<UniqueKey> uniqueKeys,
            List<ParameterDefinition> parameters,
            List<CommandDefinition> commands,
            List<EventDefinition> events,
            String description) {
        this(path, access, uniqueKeys, parameters, commands, events, description, Optional.empty());
    }

    public enum ObjectAccess {
        READ_ONLY,
        ADD_DELETE,
        ADD_ONLY,
        DELETE_ONLY;

        /// Whether management may add rows.
        public boolean canAdd() {
            return this == ADD_DELETE || this == ADD_ONLY;
        }

        /// Whether management may delete rows.
        public boolean canDelete() {
            return this == ADD_DELETE || this == DELETE_ONLY;
        }
    }

    /// Whether this object is a table with rows.
    public boolean isTable() {
        return path.endsWith(".{i}.");
    }

    /// Whether only some of its holders have this object, so that their supported data models diverge.
    public boolean isMounted() {
        return presence.filter(p -> p.kind() == Presence.Kind.MOUNTED).isPresent();
    }

    /// The object's own name without the way to it: `SSID` of `Device.WiFi.SSID.{i}.`.
    public String name() {
        int end = path.length() - (isTable() ? 5 : 1);
        return path.substring(path.lastIndexOf('.', end - 1) + 1, end);
    }

    /// The supported path of the object that holds this one: `Device.WiFi.` of `Device.WiFi.SSID.{i}.`; empty
    /// for the root.
    public String holderPath() {
        int end = path.length() - (isTable() ? 5 : 1);
        return path.substring(0, path.lastIndexOf('.', end - 1) + 1);
    }

    public Optional<ParameterDefinition> parameter(String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    public Optional<CommandDefinition> command(String name) {
        return commands.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    public Optional<EventDefinition> event(String name) {
        return events.stream().filter(e -> e.name().equals(name)).findFirst();
    }
}
