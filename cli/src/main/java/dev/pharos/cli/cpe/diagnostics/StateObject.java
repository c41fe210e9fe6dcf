// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe.diagnostics;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.Facets;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A diagnostic in the form that TR-181 has for TR-069: an object with what it is to do, what it has found, and a
/// DiagnosticsState that is written to have it begin. It is made of the command that USP has for the same, so that both
/// call everything the same.
///
/// @param holder the object that has the command, with its dot
record StateObject(String holder, CommandDefinition command) {
    static final String STATE = "DiagnosticsState";
    static final String NONE = "None";
    static final String REQUESTED = "Requested";
    static final String CANCELED = "Canceled";

    /// The output of the command that becomes the state.
    static final String STATUS = "Status";

    private static final String ROW = ".{i}.";
    private static final List<String> HOLDERS = List.of("Device.IP.Diagnostics.", "Device.DNS.Diagnostics.");

    /// Of what a command must be told and an ACS may leave as it is: what people usually take.
    private static final Map<String, String> USUAL = Map.of(
            "NumberOfRepetitions", "3",
            "NumberOfTries", "3",
            "Timeout", "5000",
            "DataBlockSize", "56",
            "MaxHopCount", "30",
            "Port", "7",
            "InterTransmissionTime", "1000");

    /// Those of the gateway model.
    static List<StateObject> all() {
        SupportedDataModel gateway = GatewayModel.load();
        return HOLDERS.stream()
                .flatMap(holder -> gateway.object(holder).stream())
                .flatMap(object -> object.commands().stream().map(command -> new StateObject(object.path(), command)))
                .toList();
    }

    /// All of these objects with those that hold them.
    static SupportedDataModel model(List<StateObject> objects) {
        Map<String, ObjectDefinition> definitions = new LinkedHashMap<>();
        for (StateObject each : objects) {
            for (int dot = each.holder.indexOf('.'); dot >= 0; dot = each.holder.indexOf('.', dot + 1)) {
                definitions.computeIfAbsent(each.holder.substring(0, dot + 1), path -> object(path, List.of(), ""));
            }
            each.definitions().forEach(definition -> definitions.put(definition.path(), definition));
        }
        return SupportedDataModel.of(GatewayModel.load().uri(), definitions.values());
    }

    private static ObjectDefinition object(String path, List<ParameterDefinition> parameters, String description) {
        return new ObjectDefinition(
                path, ObjectAccess.READ_ONLY, List.of(), parameters, List.of(), List.of(), description);
    }

    /// `Device.IP.Diagnostics.IPPing.` of `IPPing()`.
    String path() {
        return holder + command.name().substring(0, command.name().length() - 2) + ".";
    }

    String state() {
        return path() + STATE;
    }

    String commandPath() {
        return holder + command.name();
    }

    /// The tables of results, by name.
    Set<String> tables() {
        Set<String> tables = new LinkedHashSet<>();
        command.outputs().forEach(output -> table(output).ifPresent(tables::add));
        return tables;
    }

    private static Optional<String> table(ArgumentDefinition output) {
        int row = output.name().indexOf(ROW);
        return row < 0 ? Optional.empty() : Optional.of(output.name().substring(0, row));
    }

    /// The results that are in no table, without the status.
    List<ArgumentDefinition> results() {
        return command.outputs().stream()
                .filter(output -> table(output).isEmpty() && !output.name().equals(STATUS))
                .toList();
    }

    private List<ObjectDefinition> definitions() {
        List<ParameterDefinition> parameters = new ArrayList<>();
        parameters.add(parameter(STATE, stateType(), ParameterAccess.READ_WRITE));
        command.inputs()
                .forEach(input -> parameters.add(parameter(input.name(), input.type(), ParameterAccess.READ_WRITE)));
        results().forEach(output -> parameters.add(parameter(output.name(), output.type(), ParameterAccess.READ_ONLY)));
        List<ObjectDefinition> tables = new ArrayList<>();
        for (String table : tables()) {
            parameters.add(parameter(
                    table + "NumberOfEntries",
                    ParameterType.of(PrimitiveType.UNSIGNED_INT),
                    ParameterAccess.READ_ONLY));
            tables.add(object(
                    path() + table + ROW,
                    command.outputs().stream()
                            .filter(output ->
                                    table(output).filter(table::equals).isPresent())
                            .map(output -> parameter(
                                    output.name().substring(table.length() + ROW.length()),
                                    output.type(),
                                    ParameterAccess.READ_ONLY))
                            .toList(),
                    ""));
        }
        List<ObjectDefinition> all = new ArrayList<>();
        all.add(object(path(), parameters, "What " + command.name() + " does, for TR-069."));
        all.addAll(tables);
        return all;
    }

    private ParameterType stateType() {
        Set<String> words = new LinkedHashSet<>(List.of(NONE, REQUESTED, CANCELED));
        command.outputs().stream()
                .filter(output -> output.name().equals(STATUS))
                .forEach(output -> words.addAll(output.type().facets().enumeration()));
        Facets facets = new Facets(Optional.empty(), Optional.empty(), List.of(), List.copyOf(words), List.of(), "");
        return new ParameterType(PrimitiveType.STRING, false, facets, "");
    }

    private static ParameterDefinition parameter(String name, ParameterType type, ParameterAccess access) {
        return new ParameterDefinition(
                name,
                type,
                access,
                Optional.empty(),
                access.isWritable() ? Optional.ofNullable(USUAL.get(name)) : Optional.empty(),
                false,
                ValueChangeNotification.ALLOWED,
                "");
    }

    /// What the command is to be given.
    Map<String, String> inputs(Snapshot snapshot) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (ArgumentDefinition input : command.inputs()) {
            snapshot.value(path() + input.name())
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> inputs.put(input.name(), value));
        }
        return inputs;
    }
}
