// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.UniqueKey;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Sections that the data model could not tell apart: UCI lets two sections say the same, and rows may not. The first
/// one is the row.
final class Twins {
    private final Mapping.Table table;
    private final List<UniqueKey> keys;
    private final Map<List<String>, String> seen = new HashMap<>();

    Twins(Mapping.Table table, SupportedDataModel supported) {
        this.table = table;
        this.keys = supported.object(table.supportedRow()).stream()
                .flatMap(object -> object.uniqueKeys().stream()
                        .filter(key -> key.parameters().stream()
                                .allMatch(name -> object.parameter(name).isPresent())))
                .toList();
    }

    /// Whether a section says what one before it says.
    ///
    /// @param tell told why it is no row
    boolean isOne(UciSection section, Conversion.Rows rows, Consumer<String> tell) {
        for (UniqueKey key : table.isSingle() ? List.<UniqueKey>of() : keys) {
            List<String> values = new ArrayList<>(key.parameters());
            boolean mapped = false;
            for (String name : key.parameters()) {
                Optional<Mapping.Parameter> said = table.content().parameters().stream()
                        .filter(parameter -> parameter.name().equals(name))
                        .findFirst();
                mapped |= said.isPresent();
                values.add(said.flatMap(parameter -> parameter.conversion().shown(section, parameter.option(), rows))
                        .map(Addresses::canonical)
                        .orElse(""));
            }
            if (mapped) {
                Optional<String> first = Optional.ofNullable(seen.putIfAbsent(values, section.id()));
                if (first.isPresent()) {
                    tell.accept(table.path() + " has no row for the section " + section.id() + ": it has the same "
                            + String.join(", ", key.parameters()) + " as " + first.get());
                    return true;
                }
            }
        }
        return false;
    }
}
