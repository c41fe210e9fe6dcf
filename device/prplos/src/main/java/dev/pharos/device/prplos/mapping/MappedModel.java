// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The part of the gateway model that a mapping backs. Rows are those of the configuration: management changes
/// what is in them, and makes and deletes none.
final class MappedModel {
    private MappedModel() {}

    /// @throws IllegalArgumentException where the gateway model lacks something of the mapping
    static SupportedDataModel of(Mapping mapping) {
        Map<String, Set<String>> backed = new HashMap<>();
        Set<String> fixed = new HashSet<>();
        for (Mapping.Table table : mapping.tables()) {
            String row = table.path() + "{i}.";
            String holder = table.path()
                    .substring(0, table.path().lastIndexOf('.', table.path().length() - 2) + 1);
            String name = table.path().substring(holder.length(), table.path().length() - 1);
            add(backed, holder, name + "NumberOfEntries");
            add(backed, row, "Alias");
            add(backed, row, table.key().name());
            fixed.add(row + table.key().name());
            for (Mapping.Parameter parameter : table.content().parameters()) {
                int dot = parameter.name().lastIndexOf('.') + 1;
                add(
                        backed,
                        row + parameter.name().substring(0, dot),
                        parameter.name().substring(dot));
                if (parameter.option().isEmpty()) {
                    fixed.add(row + parameter.name());
                }
            }
            for (State state : table.content().states()) {
                int dot = state.parameter().lastIndexOf('.') + 1;
                add(
                        backed,
                        row + state.parameter().substring(0, dot),
                        state.parameter().substring(dot));
                fixed.add(row + state.parameter());
            }
        }
        SupportedDataModel part = GatewayModel.load()
                .restrictedTo((object, element) -> !element.isEmpty()
                        && backed.getOrDefault(object, Set.of()).contains(element));
        mustHave(part, backed);
        return SupportedDataModel.of(
                part.uri(),
                part.objects().stream().map(object -> fixedRows(object, fixed)).toList());
    }

    private static void add(Map<String, Set<String>> backed, String object, String name) {
        backed.computeIfAbsent(object, o -> new HashSet<>()).add(name);
    }

    private static void mustHave(SupportedDataModel part, Map<String, Set<String>> backed) {
        backed.forEach((path, names) -> names.forEach(name -> {
            if (part.object(path).flatMap(object -> object.parameter(name)).isEmpty()) {
                throw new IllegalArgumentException("the mapping has what the data model has not: " + path + name);
            }
        }));
    }

    private static ObjectDefinition fixedRows(ObjectDefinition object, Set<String> fixed) {
        List<ParameterDefinition> parameters = object.parameters().stream()
                .map(parameter -> fixed.contains(object.path() + parameter.name())
                                || parameter.name().equals("Alias")
                        ? readOnly(parameter)
                        : parameter)
                .toList();
        return new ObjectDefinition(
                object.path(),
                ObjectAccess.READ_ONLY,
                object.uniqueKeys(),
                parameters,
                object.commands(),
                object.events(),
                object.description());
    }

    private static ParameterDefinition readOnly(ParameterDefinition parameter) {
        return new ParameterDefinition(
                parameter.name(),
                parameter.type(),
                ParameterAccess.READ_ONLY,
                parameter.reference(),
                parameter.defaultValue(),
                parameter.secured(),
                parameter.notification(),
                parameter.description());
    }
}
