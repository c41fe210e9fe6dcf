// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a row is that has a certain name, in any table of the device's, whoever backs it.
///
/// @param table with trailing dot, and `*` for any row of a table above, as in `Device.Bridging.Bridge.*.Port.`
/// @param parameter that has the name
record Reference(String table, String parameter) {
    static final String GRAMMAR = "Device\\.(\\w+\\.(\\*\\.)?)+\\w+";
    private static final String ANY = ".*.";

    /// @param text such as `Device.Ethernet.Link.Name`
    static Reference parse(String text) {
        int dot = text.lastIndexOf('.') + 1;
        return new Reference(text.substring(0, dot), text.substring(dot));
    }

    /// The rows, without trailing dot, for names with commas between; nothing for those that no row has.
    ///
    /// @param tables of which the first counts that has the name
    static String rows(List<Reference> tables, Snapshot snapshot, String names) {
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
