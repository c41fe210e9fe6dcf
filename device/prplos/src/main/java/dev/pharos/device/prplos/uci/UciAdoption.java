// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gives anonymous sections names that stay. What uci calls them changes with every section that comes or
/// goes before them, so that nothing outside the file may remember it.
public final class UciAdoption {
    private UciAdoption() {}

    /// The renames that give every anonymous section of these types a name: its type and the first free
    /// number, as in `wifi_iface_1`. Empty where all have one.
    public static List<UciChange> of(UciPackage content, Set<String> types) {
        Set<String> taken = new HashSet<>();
        content.sections().forEach(section -> taken.add(section.id()));
        List<UciChange> changes = new ArrayList<>();
        for (UciSection section : content.sections()) {
            if (section.anonymous() && types.contains(section.type())) {
                String name = free(section.type(), taken);
                taken.add(name);
                changes.add(new UciChange.RenameSection(section.id(), name));
            }
        }
        return List.copyOf(changes);
    }

    /// A name for a section of this type: the type, and the first number that makes a name which is not taken.
    public static String free(String type, Set<String> taken) {
        String stem = type.replaceAll("[^A-Za-z0-9]", "_") + "_";
        int number = 1;
        while (taken.contains(stem + number)) {
            number++;
        }
        return stem + number;
    }
}
