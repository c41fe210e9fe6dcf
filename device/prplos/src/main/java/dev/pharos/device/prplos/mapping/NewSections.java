// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.prplos.uci.UciAdoption;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The sections of rows that management adds to a table.
final class NewSections {
    private static final String NAME = "\\w{1,64}";

    private final Mapping.Table table;
    private final Set<String> taken = new HashSet<>();

    /// @param packages as they are
    NewSections(Mapping.Table table, Map<String, UciPackage> packages) {
        this.table = table;
        UciPackage content = packages.get(table.packageName());
        if (content != null) {
            content.sections().forEach(section -> taken.add(section.id()));
        }
    }

    /// Gives a row the name of its section. An Alias that somebody chose is that name.
    ///
    /// @throws UspException where it cannot be one
    void name(Transaction device, ObjectInstance row) {
        String key = table.key().name();
        String given = row.value(key).orElse("");
        if (!table.ownsSections()) {
            if (given.isEmpty()) {
                throw new UspException(
                        StandardErrorCode.OBJECT_COULD_NOT_BE_CREATED,
                        "a row of " + table.path() + " needs its " + key + " from the beginning");
            }
            return;
        }
        boolean chosen = key.equals("Alias") && !given.startsWith("cpe-");
        if (chosen && (!given.matches(NAME) || taken.contains(given))) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE,
                    row.path() + "Alias must be letters, digits and _, and no section of " + table.packageName());
        }
        if (!chosen) {
            MappedRows.rows(device.snapshot(), table.path())
                    .forEach(other -> other.value(key).ifPresent(taken::add));
            device.set(row.path() + key, UciAdoption.free(table.type(), taken));
        }
    }
}
