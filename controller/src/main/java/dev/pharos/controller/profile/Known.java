// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.Bytes;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What is known of a device's parameters, by path: from its twin, or as it has just answered.
///
/// @param values without secrets
/// @param marks of the secrets that we wrote last, see [SecretMark]
/// @param whole whether what is not there is known not to be there
public record Known(SortedMap<String, String> values, Map<String, Bytes> marks, boolean whole) {
    public static final Known NOTHING = new Known(new TreeMap<>(), Map.of(), false);

    public Known {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        marks = Map.copyOf(marks);
    }

    Optional<String> value(String path) {
        return Optional.ofNullable(values.get(path));
    }

    /// The whole paths that are meant: one that names a single object is itself, known or not.
    List<String> paths(ParameterPattern pattern) {
        if (pattern.single()) {
            return List.of(pattern.object() + pattern.parameter());
        }
        Pattern objects = Pattern.compile(pattern.expression());
        return below(pattern.prefix()).keySet().stream()
                .filter(path -> {
                    int end = path.lastIndexOf('.') + 1;
                    return path.substring(end).equals(pattern.parameter())
                            && objects.matcher(path.substring(0, end)).matches();
                })
                .toList();
    }

    /// The row of a table that has these keys: of several the one with the lowest number.
    ///
    /// @return `Device.NAT.PortMapping.3.`
    Optional<String> row(String table, Map<String, String> key) {
        String first = key.keySet().iterator().next();
        return paths(new ParameterPattern(table + "*.", first)).stream()
                .limit(Limits.TABLE)
                .map(path -> path.substring(0, path.lastIndexOf('.') + 1))
                .filter(row -> key.entrySet().stream()
                        .allMatch(entry -> value(row + entry.getKey())
                                .filter(value -> Sameness.same(value, entry.getValue()))
                                .isPresent()))
                .min(Comparator.comparingLong(row -> number(row, table)));
    }

    private static long number(String row, String table) {
        return Long.parseLong(row.substring(table.length(), row.length() - 1));
    }

    private SortedMap<String, String> below(String prefix) {
        return values.subMap(prefix, prefix + Character.MAX_VALUE);
    }
}
