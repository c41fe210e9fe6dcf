// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Sections of another type in the same package, each of which is a row.
///
/// @param type of the sections
/// @param owner of which section they are; of any where it is empty
public record FixedSections(String type, Optional<Owner> owner) implements Fixed {

    /// Of which section others are: of the one of which an option says the same.
    ///
    /// @param option of those
    /// @param named the option of the section that they are of
    public record Owner(String option, String named) {
        private boolean has(UciSection owner, UciSection section) {
            return owner.text(named).isPresent() && owner.text(named).equals(section.text(option));
        }
    }

    @Override
    public boolean isAlone(UciSection section) {
        return false;
    }

    @Override
    public boolean isWritten() {
        return true;
    }

    /// Their options, by their names.
    ///
    /// @param holder of whose rows they are
    Map<String, UbusTable> sections(UciSection holder, UciPackage content) {
        Map<String, UbusTable> sections = new LinkedHashMap<>();
        for (UciSection section : content.sections()) {
            if (section.type().equals(type) && owner.stream().allMatch(each -> each.has(holder, section))) {
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
