// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Where a row is that has a certain name, in any table of the device's, whoever backs it.
///
/// @param table with trailing dot, and `*` for any row of a table above, as in `Device.Bridging.Bridge.*.Port.`
/// @param parameter that has the name
record Reference(String table, String parameter) {
    static final String GRAMMAR = "Device\\.(\\w+\\.(\\*\\.)?)+\\w+";
    /// The same of a table beneath the same row.
    static final String BESIDE = "[A-Z]\\w*\\.\\w+";
    private static final String ANY = ".*.";
    private static final String WHOLE = "Device.";

    /// @param text such as `Device.Ethernet.Link.Name`
    static Reference parse(String text) {
        int dot = text.lastIndexOf('.') + 1;
        return new Reference(text.substring(0, dot), text.substring(dot));
    }

    /// What separates names of which the first counts that any row has.
    static final String OR = "|";

    /// The rows, without trailing dot, for names with commas between; nothing for those that no row has.
    ///
    /// @param tables of which the first counts that has the name
    /// @param names may be several such, see [#OR]
    static String rows(List<Reference> tables, Snapshot snapshot, String names) {
        return Stream.of(names.split("\\|"))
                .map(each -> listed(tables, snapshot, each))
                .filter(rows -> !rows.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// What rows are called.
    ///
    /// @param values of parameters by their paths
    /// @param rows without trailing dot, with commas between
    /// @return empty where one is of none of these tables, or has no name
    static Optional<List<String>> names(
            List<Reference> tables, Function<String, Optional<String>> values, String rows) {
        List<String> names = new ArrayList<>();
        for (String row : rows.isEmpty() ? List.<String>of() : List.of(rows.split(","))) {
            Optional<String> name = tables.stream()
                    .filter(table -> table.holds(row))
                    .findFirst()
                    .flatMap(table -> values.apply(row + "." + table.parameter()))
                    .filter(text -> !text.isEmpty());
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(names);
    }

    /// Whether a row of one of these tables has this name.
    static boolean isAny(List<Reference> tables, Snapshot snapshot, String name) {
        return tables.stream().anyMatch(table -> table.row(snapshot, name).isPresent());
    }

    boolean isBeside() {
        return !table.startsWith(WHOLE);
    }

    /// The same as beneath this row.
    ///
    /// @param row with trailing dot
    Reference beneath(String row) {
        return isBeside() ? new Reference(row + table, parameter) : this;
    }

    private boolean holds(String row) {
        return row.matches(table.replace(".", "\\.").replace("*", "[0-9]+") + "[0-9]+");
    }

    private static String listed(List<Reference> tables, Snapshot snapshot, String names) {
        return String.join(
                ",",
                Stream.of(names.split(","))
                        .filter(name -> !name.isEmpty())
                        .flatMap(name -> tables.stream()
                                .flatMap(table -> table.row(snapshot, name).stream())
                                .limit(1))
                        .distinct()
                        .toList());
    }

    private Optional<String> row(Snapshot snapshot, String name) {
        return rows(snapshot, table)
                .filter(row -> row.value(parameter).equals(Optional.of(name)))
                .findFirst()
                .map(row -> row.path().substring(0, row.path().length() - 1));
    }

    private static Stream<ObjectInstance> rows(Snapshot snapshot, String table) {
        int any = table.indexOf(ANY);
        return any < 0
                ? MappedRows.rows(snapshot, table).stream()
                : rows(snapshot, table.substring(0, any + 1))
                        .flatMap(row -> rows(snapshot, row.path() + table.substring(any + ANY.length())));
    }
}
