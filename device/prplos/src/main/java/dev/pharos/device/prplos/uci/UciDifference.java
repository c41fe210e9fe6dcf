// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The changes that lead from one state of a package to another.
public final class UciDifference {
    private UciDifference() {}

    /// What is in neither is not touched, so that changes which others made in between stay. The order of
    /// sections is not looked at.
    public static List<UciChange> between(UciPackage from, UciPackage to) {
        Map<String, UciSection> before = new HashMap<>();
        from.sections().forEach(section -> before.put(section.id(), section));
        List<UciChange> changes = new ArrayList<>();
        for (UciSection section : to.sections()) {
            UciSection old = before.remove(section.id());
            if (old == null || !old.type().equals(section.type())) {
                changes.add(
                        section.anonymous() && old == null
                                ? new UciChange.AddAnonymous(section.id(), section.type())
                                : new UciChange.PutSection(section.id(), section.type()));
            }
            options(old == null ? Map.of() : old.options(), section, changes);
        }
        for (String gone : before.keySet()) {
            changes.add(new UciChange.DeleteSection(gone));
        }
        return List.copyOf(changes);
    }

    private static void options(Map<String, UciValue> old, UciSection section, List<UciChange> changes) {
        section.options().forEach((option, value) -> {
            if (!value.equals(old.get(option))) {
                changes.add(
                        switch (value) {
                            case UciValue.Text(String text) -> new UciChange.SetOption(section.id(), option, text);
                            case UciValue.Items(List<String> items) ->
                                new UciChange.SetItems(section.id(), option, items);
                        });
            }
        });
        for (String option : old.keySet()) {
            if (!section.options().containsKey(option)) {
                changes.add(new UciChange.DeleteOption(section.id(), option));
            }
        }
    }
}
