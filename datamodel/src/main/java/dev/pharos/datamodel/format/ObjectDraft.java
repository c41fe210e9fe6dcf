// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.Presence;
import dev.pharos.datamodel.definition.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An object while its lines are read.
final class ObjectDraft {
    final int line;
    private final String path;
    private final ObjectDefinition.ObjectAccess access;
    private final List<UniqueKey> keys = new ArrayList<>();
    private final List<ParameterDefinition> parameters = new ArrayList<>();
    private final List<CommandDraft> commands = new ArrayList<>();
    private final List<EventDraft> events = new ArrayList<>();
    private Optional<Presence> presence = Optional.empty();
    private String description = "";
    private Last last = Last.OBJECT;

    /// What a description line belongs to.
    private enum Last {
        OBJECT,
        PARAMETER,
        COMMAND,
        EVENT
    }

    ObjectDraft(int line, String path, ObjectDefinition.ObjectAccess access) {
        this.line = line;
        this.path = path;
        this.access = access;
    }

    void key(String names) {
        boolean functional = !names.endsWith("!");
        String list = functional ? names : names.substring(0, names.length() - 1);
        keys.add(new UniqueKey(List.of(list.split(",", -1)), functional));
    }

    void present(Presence.Kind kind, String parameter) {
        if (presence.isPresent()) {
            throw new IllegalArgumentException("named and mounted may be said once");
        }
        presence = Optional.of(new Presence(parameter, kind));
    }

    void add(ParameterDefinition parameter) {
        parameters.add(parameter);
        last = Last.PARAMETER;
    }

    void add(CommandDraft command) {
        commands.add(command);
        last = Last.COMMAND;
    }

    void add(EventDraft event) {
        events.add(event);
        last = Last.EVENT;
    }

    CommandDraft lastCommand() {
        if (last != Last.COMMAND) {
            throw new IllegalArgumentException("in and out lines follow a command line");
        }
        return commands.getLast();
    }

    EventDraft lastEvent() {
        if (last != Last.EVENT) {
            throw new IllegalArgumentException("arg lines follow an event line");
        }
        return events.getLast();
    }

    void describe(String text) {
        switch (last) {
            case OBJECT -> description = text;
            case PARAMETER -> {
                ParameterDefinition p = parameters.removeLast();
                parameters.add(new ParameterDefinition(
                        p.name(),
                        p.type(),
                        p.access(),
                        p.reference(),
                        p.defaultValue(),
                        p.secured(),
                        p.notification(),
                        text));
            }
            case COMMAND -> commands.getLast().describe(text);
            case EVENT -> events.getLast().describe(text);
        }
    }

    ObjectDefinition build() {
        return new ObjectDefinition(
                path,
                access,
                keys,
                parameters,
                commands.stream().map(CommandDraft::build).toList(),
                events.stream().map(EventDraft::build).toList(),
                description,
                presence);
    }

    /// Gives the last of these arguments a description.
    static void describeLast(List<ArgumentDefinition> arguments, String text) {
        ArgumentDefinition argument = arguments.removeLast();
        arguments.add(new ArgumentDefinition(argument.name(), argument.type(), argument.mandatory(), text));
    }
}
