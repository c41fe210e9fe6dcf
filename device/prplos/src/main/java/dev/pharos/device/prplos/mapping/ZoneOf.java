// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Optional;

/// What a section is called that has other sections in a list, such as the zone of a firewall with its networks. In the
/// data model it is the first row of these.
///
/// @param packageName where the section is
/// @param type of the section
/// @param name its option with the name
/// @param members its list
/// @param table of the rows that are in the list
public record ZoneOf(String packageName, String type, String name, String members, String table) {

    /// The row; empty where there is no such section, or no row in its list.
    Optional<String> shown(Optional<String> text, Conversion.Rows rows) {
        return text.flatMap(zone -> rows.sections(packageName, type).stream()
                .filter(section -> section.text(name).equals(Optional.of(zone)))
                .flatMap(section -> section.items(members).stream())
                .flatMap(member -> rows.path(table, member).stream())
                .findFirst());
    }

    /// @param row without trailing dot; empty for none
    String written(String row, Conversion.Rows rows) {
        if (row.isEmpty()) {
            return "";
        }
        String member = rows.section(row).orElse("");
        return rows.sections(packageName, type).stream()
                .filter(section -> section.items(members).contains(member))
                .findFirst()
                .flatMap((UciSection section) -> section.text(name))
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.INVALID_VALUE, row + " is in no " + type + " of " + packageName));
    }
}
