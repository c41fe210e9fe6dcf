// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.prplos.ubus.UbusTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/// The rows of listings. Published within transactions, of which there is one at a time; read by any thread.
final class ListedRows {
    private final Mapping mapping;
    private volatile Map<String, Place> places = Map.of();
    private Map<String, Place> next = new HashMap<>();

    /// Where in the answers a row is.
    private record Place(Listing listing, String section, String key) {}

    ListedRows(Mapping mapping) {
        this.mapping = mapping;
    }

    void begin() {
        next = new HashMap<>();
    }

    void end() {
        places = Map.copyOf(next);
    }

    /// Makes the tables beneath a row as daemons list them.
    ///
    /// @param set writes a value, by path
    void publish(
            Transaction transaction,
            Mapping.Table table,
            String section,
            String row,
            Answers.Shown shown,
            BiConsumer<String, String> set) {
        for (Listing listing : mapping.listings()) {
            if (listing.table().equals(table)) {
                Map<String, Map<String, String>> wanted = shown.rows().getOrDefault(listing.beneath(section), Map.of());
                String tablePath = row + listing.name();
                Map<String, ObjectInstance> present = new HashMap<>();
                Set<String> surplus = new HashSet<>();
                for (ObjectInstance each : MappedRows.rows(transaction.snapshot(), tablePath)) {
                    String key = each.value(listing.key().parameter()).orElse("");
                    if (!wanted.containsKey(key) || present.putIfAbsent(key, each) != null) {
                        surplus.add(each.path());
                    }
                }
                surplus.forEach(transaction::delete);
                wanted.forEach((key, values) -> {
                    ObjectInstance known = present.get(key);
                    String path = known != null
                            ? known.path()
                            : transaction.add(tablePath, Map.of(listing.key().parameter(), key));
                    next.put(path, new Place(listing, section, key));
                    values.forEach((name, value) -> set.accept(path + name, value));
                });
            }
        }
    }

    /// The present value of a live parameter; empty where the daemon does not tell it.
    ///
    /// @param elements what the daemon lists now
    Optional<String> read(
            BiFunction<Listing, String, Map<String, UbusTable>> elements, String objectPath, String parameter) {
        String row = objectPath;
        Place place = places.get(row);
        while (place == null && row.indexOf('.') < row.length() - 1) {
            row = row.substring(0, row.lastIndexOf('.', row.length() - 2) + 1);
            place = places.get(row);
        }
        if (place == null) {
            return Optional.empty();
        }
        Place found = place;
        String name = objectPath.substring(row.length()) + parameter;
        return found.listing().parameters().stream()
                .filter(observed -> observed.live() && observed.parameter().equals(name))
                .findFirst()
                .flatMap(observed -> Optional.ofNullable(
                                elements.apply(found.listing(), found.section()).get(found.key()))
                        .flatMap(element -> observed.reading().of(element, found.key())));
    }
}
