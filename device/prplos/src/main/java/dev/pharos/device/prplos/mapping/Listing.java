// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A table beneath each row of another, of which the rows are what a daemon lists.
///
/// @param table whose rows it is beneath
/// @param name with trailing dot
/// @param source where the list is
/// @param key what tells rows apart
/// @param fixed where the configuration has the rows in place of the daemon, and management writes them
public record Listing(
        Mapping.Table table,
        String name,
        Source source,
        Observed key,
        List<Observed> parameters,
        Optional<FixedAddresses> fixed) {
    public Listing {
        parameters = List.copyOf(parameters);
    }

    /// Where a list is.
    ///
    /// @param question whom to ask
    /// @param at leads to a table, of which each member is a row, or to an array
    /// @param news the notifications of the object that say that the list is another
    public record Source(State.Question question, State.Path at, Set<String> news) {
        public Source {
            news = Set.copyOf(news);
        }
    }

    /// Names the list beneath the row of a section.
    List<String> beneath(String section) {
        return List.of(table.path(), name, section);
    }

    /// Whether the configuration has the rows beneath that of a section.
    boolean isFixed(UciSection section) {
        return fixed.filter(addresses -> addresses.when().holds(section)).isPresent();
    }

    /// The parameter of the mask of an address.
    Optional<String> mask() {
        return parameters.stream()
                .filter(observed -> observed.reading() instanceof Observed.Reading.Mask)
                .map(Observed::parameter)
                .findFirst();
    }

    /// The elements by what tells them apart, at most [Limits#LISTED]. An element without that is no row.
    ///
    /// @param section whose row they are beneath
    Map<String, UbusTable> elements(UbusTable answer, String section) {
        Map<String, UbusTable> elements = new LinkedHashMap<>();
        source.at().reached(answer, section).forEach(value -> {
            switch (value) {
                case UbusTable table -> table.members().forEach((member, element) -> put(elements, member, element));
                case UbusValue.Array(List<UbusValue> list) -> list.forEach(element -> put(elements, "", element));
                default -> {}
            }
        });
        return elements;
    }

    private void put(Map<String, UbusTable> elements, String member, UbusValue value) {
        if (value instanceof UbusTable element && elements.size() < Limits.LISTED) {
            key.reading()
                    .of(element, member)
                    .filter(text -> !text.isEmpty() && text.length() <= Limits.KEY)
                    .ifPresent(text -> elements.putIfAbsent(text, element));
        }
    }
}
