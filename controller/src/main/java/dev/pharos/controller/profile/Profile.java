// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What must hold on which devices.
///
/// @param query which devices, as it was written; see docs/query.md
/// @param priority 0 to [Limits#HIGHEST_PRIORITY]; where two profiles want the same parameter, the higher wins
/// @param parameters what each is to be; a path may have `*` for the rows that are there
/// @param rows which are to be there
public record Profile(
        String name, String query, int priority, Map<ParameterPattern, Template> parameters, List<Row> rows) {
    public Profile {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        rows = Frozen.list(rows);
    }

    /// A row that is to be there, found by its keys.
    ///
    /// @param object the table, `Device.NAT.PortMapping.`
    /// @param key by name, at least one
    /// @param values what else of it is wanted, by name
    public record Row(String object, SortedMap<String, Template> key, SortedMap<String, Template> values) {
        public Row {
            key = Collections.unmodifiableSortedMap(new TreeMap<>(key));
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        /// The row as the profile writes it: `Device.NAT.PortMapping.[Alias=="{serial}"].`
        String place() {
            SortedMap<String, String> written = new TreeMap<>();
            key.forEach((name, value) -> written.put(name, value.text()));
            return Resolution.path(object, written);
        }
    }

    /// The parameters of which it must be known what they are, each once.
    public List<ParameterPattern> reads() {
        Set<ParameterPattern> reads = new LinkedHashSet<>(parameters.keySet());
        for (Row row : rows) {
            row.key().keySet().forEach(name -> reads.add(new ParameterPattern(row.object() + "*.", name)));
            row.values().keySet().forEach(name -> reads.add(new ParameterPattern(row.object() + "*.", name)));
        }
        return new ArrayList<>(reads);
    }
}
