// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sections of another type in the same package, each of which is a row.
///
/// @param type of the sections
public record FixedSections(String type) implements Fixed {

    @Override
    public boolean isAlone(UciSection section) {
        return false;
    }

    @Override
    public boolean isWritten() {
        return true;
    }

    /// Their options, by their names.
    Map<String, UbusTable> sections(UciPackage content) {
        Map<String, UbusTable> sections = new LinkedHashMap<>();
        for (UciSection section : content.sections()) {
            if (section.type().equals(type)) {
                UbusTable options = UbusTable.EMPTY;
                for (String option : section.options().keySet()) {
                    options = options.with(option, section.text(option).orElse(""));
                }
                sections.put(section.id(), options);
            }
        }
        return sections;
    }

    /// The option that a parameter of such a row stands in; empty where it stands in none.
    static String option(Observed observed) {
        return observed.reading() instanceof Observed.Reading.Value(State.Path path, String _, String _)
                        && path.steps().size() == 1
                ? path.steps().getFirst()
                : "";
    }
}
