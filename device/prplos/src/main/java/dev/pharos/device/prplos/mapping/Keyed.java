// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Elements of lists, by what tells them apart. An element without that is none.
///
/// @param keys what tells elements apart, together
/// @param only which elements count
/// @param joined whether elements of the same key are one, with what the lists of all of them have; else the first
///     counts
record Keyed(List<Observed> keys, Optional<Listing.Only> only, boolean joined) {
    Keyed {
        keys = List.copyOf(keys);
    }

    /// @param lists tables of which each member is an element, arrays, or texts of which each is one
    /// @param most elements at the most
    Map<String, UbusTable> of(Stream<UbusValue> lists, int most) {
        Map<String, UbusTable> elements = new LinkedHashMap<>();
        lists.forEach(value -> {
            switch (value) {
                case UbusTable list ->
                    list.members().forEach((member, element) -> put(elements, member, element, most));
                case UbusValue.Array(List<UbusValue> list) -> list.forEach(element -> put(elements, "", element, most));
                case UbusValue.Text text -> put(elements, "", text, most);
                default -> {}
            }
        });
        return elements;
    }

    private void put(Map<String, UbusTable> elements, String member, UbusValue value, int most) {
        switch (value) {
            case UbusTable element
            when only.stream().allMatch(each -> each.holds(element)) ->
                keep(elements, of(element, member), element, most);
            case UbusValue.Text(String text) -> keep(elements, text, UbusTable.EMPTY, most);
            default -> {}
        }
    }

    private void keep(Map<String, UbusTable> elements, String key, UbusTable element, int most) {
        UbusTable known = elements.get(key);
        if (known != null) {
            elements.put(key, joined ? join(known, element) : known);
        } else if (!key.isBlank() && key.length() <= Limits.KEY && elements.size() < most) {
            elements.put(key, element);
        }
    }

    private static UbusTable join(UbusTable first, UbusTable second) {
        UbusTable both = first;
        for (Map.Entry<String, UbusValue> member : second.members().entrySet()) {
            List<UbusValue> more = second.array(member.getKey());
            if (!more.isEmpty()) {
                List<UbusValue> all = new ArrayList<>(first.array(member.getKey()));
                more.stream().limit(Math.max(0, Limits.BENEATH - all.size())).forEach(all::add);
                both = both.with(member.getKey(), new UbusValue.Array(all));
            } else if (!first.members().containsKey(member.getKey())) {
                both = both.with(member.getKey(), member.getValue());
            }
        }
        return both;
    }

    /// What tells an element from others of the same list.
    String of(UbusTable element, String member) {
        List<String> parts = new ArrayList<>();
        keys.forEach(key -> key.reading().of(element, member).ifPresent(parts::add));
        return String.join(" ", parts).strip();
    }
}
