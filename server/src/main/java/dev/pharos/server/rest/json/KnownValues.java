// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.server.store.TwinTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is known of one parameter of a device, in the order of its rows.
///
/// @param items at most eight
/// @param more whether there are more
public record KnownValues(List<KnownValue> items, boolean more) {

    /// @param time when it was learnt
    public record KnownValue(String path, String value, Instant time) {}

    /// By the path that was asked for.
    public static Map<String, KnownValues> of(Map<ParameterPattern, TwinTable.Cell> cells) {
        Map<String, KnownValues> values = new TreeMap<>();
        cells.forEach((parameter, cell) -> values.put(
                parameter.object() + parameter.parameter(),
                new KnownValues(
                        cell.values().stream()
                                .map(known -> new KnownValue(known.path(), known.value(), known.time()))
                                .toList(),
                        cell.more())));
        return values;
    }
}
