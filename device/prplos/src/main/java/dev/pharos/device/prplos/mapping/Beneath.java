// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table beneath each row that a daemon lists, of what a list within the element has. Management writes nothing in
/// it.
///
/// @param name with trailing dot
/// @param at leads to the list within the element
record Beneath(String name, State.Path at, Keyed keyed, List<Observed> parameters) {
    Beneath {
        parameters = List.copyOf(parameters);
    }

    List<Observed> all() {
        List<Observed> all = new ArrayList<>(keyed.keys());
        all.addAll(parameters);
        return all;
    }

    /// The rows of an element by what tells them apart, at most [Limits#BENEATH].
    Map<String, UbusTable> elements(UbusTable element) {
        return keyed.of(at.reached(element, ""), Limits.BENEATH);
    }

    /// What is shown without being read: values of parameters by row.
    Map<String, Map<String, String>> shown(UbusTable element) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        elements(element).forEach((key, row) -> {
            Map<String, String> values = new LinkedHashMap<>();
            all().stream()
                    .filter(observed -> !observed.live())
                    .forEach(observed -> observed.reading()
                            .of(row, key)
                            .ifPresent(value -> values.put(observed.parameter(), value)));
            rows.put(key, values);
        });
        return rows;
    }
}
