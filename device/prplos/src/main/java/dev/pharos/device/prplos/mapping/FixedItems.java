// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The items of a list, each of which is a row. What a daemon lists besides are rows too, which nobody writes.
///
/// @param option the list
/// @param only which items are rows; all others stay as they are
/// @param isWritten whether management writes them
public record FixedItems(String option, Family only, boolean isWritten) implements Fixed {

    @Override
    public boolean isAlone(UciSection section) {
        return false;
    }

    Map<String, UbusTable> elements(UciSection section) {
        Map<String, UbusTable> elements = new LinkedHashMap<>();
        for (String item : section.items(option)) {
            if (elements.size() < Limits.LISTED && item.length() <= Limits.KEY && only.holds(item)) {
                elements.putIfAbsent(item, UbusTable.EMPTY);
            }
        }
        return elements;
    }

    /// What gives a section these rows and no others. A row that changes stays where it is in the list.
    ///
    /// @param rows the items that are rows now
    /// @param wanted the items that shall be
    UciChange written(UciSection section, Set<String> rows, List<String> wanted) {
        Deque<String> more = new ArrayDeque<>(wanted);
        more.removeAll(section.items(option));
        List<String> items = new ArrayList<>();
        for (String item : section.items(option)) {
            if (!rows.contains(item) || wanted.contains(item)) {
                items.add(item);
            } else if (!more.isEmpty()) {
                items.add(more.removeFirst());
            }
        }
        items.addAll(more);
        return new UciChange.SetItems(section.id(), option, items);
    }
}
