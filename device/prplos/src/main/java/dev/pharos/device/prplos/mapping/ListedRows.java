// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.UniqueKey;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.prplos.ubus.UbusTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows of listings. Published within transactions, of which there is one at a time; read by any thread.
final class ListedRows {
    private final Mapping mapping;
    private final SupportedDataModel supported;
    private final Writing writing;
    private volatile Map<String, Place> places = Map.of();
    private Map<String, Place> next = new HashMap<>();
    private final Map<String, List<Found>> gathered = new LinkedHashMap<>();

    /// Where a row comes from.
    ///
    /// @param key what tells it apart in its list
    /// @param beneath of a row of a table beneath that: the name of the table, and what tells it apart there
    record Place(Listing listing, String section, String key, List<String> beneath) {
        Place {
            beneath = List.copyOf(beneath);
        }

        /// The tables beneath the row, of which this may be a row.
        private Optional<Beneath> table() {
            return listing.content().beneath().stream()
                    .filter(table -> !beneath.isEmpty() && table.name().equals(beneath.getFirst()))
                    .findFirst();
        }

        private List<Observed> parameters() {
            return table().map(Beneath::parameters).orElseGet(listing::parameters);
        }

        /// What it is in the list.
        private String name() {
            return beneath.isEmpty() ? key : beneath.getLast();
        }
    }

    /// A row as it shall be.
    ///
    /// @param beneath the rows of tables beneath it by their keys, by the name of the table
    private record Found(
            Place place, Map<String, String> values, Map<String, Map<String, Map<String, String>>> beneath) {}

    /// How values are written.
    interface Writing {
        void set(Transaction transaction, String path, String section, String value);

        /// Writes, once all rows are there, which rows have these names.
        void refer(String path, String section, Observed.Reading.Referring reading, String names);

        void tell(String what);
    }

    ListedRows(Mapping mapping, SupportedDataModel supported, Writing writing) {
        this.mapping = mapping;
        this.supported = supported;
        this.writing = writing;
    }

    /// @param readable the packages that could be read; of others everything stays as it was
    void begin(Set<String> readable) {
        next = new HashMap<>();
        gathered.clear();
        Set<String> unknown = new HashSet<>();
        mapping.listings().stream()
                .filter(Listing::isElsewhere)
                .filter(listing -> !readable.contains(listing.table().packageName()))
                .forEach(listing -> unknown.add(listing.name()));
        mapping.listings().stream()
                .filter(listing -> listing.isElsewhere() && !unknown.contains(listing.name()))
                .forEach(listing -> gathered.put(listing.name(), new ArrayList<>()));
    }

    /// Whether the rows of this table, with trailing dot, are found together with those that are sections.
    boolean isShared(String tablePath) {
        return mapping.listings().stream().anyMatch(listing -> listing.name().equals(tablePath));
    }

    /// What there is for a section of a table.
    ///
    /// @param row of the section
    void gather(Mapping.Table table, String section, String row, Answers.Shown shown) {
        for (Listing listing : mapping.listings()) {
            if (listing.table().equals(table)) {
                List<Found> found = listing.isElsewhere()
                        ? gathered.getOrDefault(listing.name(), new ArrayList<>())
                        : gathered.computeIfAbsent(listing.path(row), path -> new ArrayList<>());
                shown.rows().getOrDefault(listing.beneath(section), Map.of()).forEach((key, told) -> {
                    Map<String, String> values = new LinkedHashMap<>(told.values());
                    listing.holder().ifPresent(name -> values.put(name, row.substring(0, row.length() - 1)));
                    found.add(new Found(new Place(listing, section, key, List.of()), values, told.beneath()));
                });
            }
        }
    }

    /// Makes the tables as they were gathered.
    ///
    /// @param sections the rows that are sections, which are left as they are, by table
    void publish(Transaction transaction, Map<String, Set<String>> sections) {
        gathered.forEach(
                (tablePath, found) -> table(transaction, tablePath, found, sections.getOrDefault(tablePath, Set.of())));
        places = Map.copyOf(next);
    }

    private void table(Transaction transaction, String tablePath, List<Found> told, Set<String> sections) {
        Map<List<String>, ObjectInstance> present = new HashMap<>();
        Set<String> surplus = new LinkedHashSet<>();
        List<Found> found = told.stream()
                .flatMap(each -> referred(transaction.snapshot(), tablePath, each).stream())
                .toList();
        List<String> names = names(found);
        Apart apart = new Apart(tablePath, names);
        for (ObjectInstance row : MappedRows.rows(transaction.snapshot(), tablePath)) {
            if (sections.contains(row.path())) {
                apart.isTwin(name -> row.value(name).orElse(""));
            } else if (found.isEmpty() || present.putIfAbsent(key(names, row), row) != null) {
                surplus.add(row.path());
            }
        }
        Map<List<String>, Found> wanted = new LinkedHashMap<>();
        for (Found each : found) {
            List<String> key = key(names, each.values());
            boolean elsewhere = Reference.isAny(
                    each.place().listing().content().unless(),
                    transaction.snapshot(),
                    each.place().key());
            if (!elsewhere
                    && !wanted.containsKey(key)
                    && !apart.isTwin(name -> each.values().get(name))) {
                wanted.put(key, each);
            }
        }
        present.forEach((key, row) -> {
            if (!wanted.containsKey(key)) {
                surplus.add(row.path());
            }
        });
        surplus.forEach(transaction::delete);
        wanted.forEach((key, each) -> row(transaction, tablePath, names, each, present.get(key)));
    }

    /// With the rows that tell it apart, which are there already; empty where one is not.
    private static Optional<Found> referred(Snapshot snapshot, String tablePath, Found found) {
        Map<String, String> values = new LinkedHashMap<>(found.values());
        Listing listing = found.place().listing();
        for (Observed key : listing.keys()) {
            if (key.reading() instanceof Observed.Reading.Referring reading) {
                String holder = tablePath.substring(
                        0, tablePath.length() - listing.name().length());
                String row =
                        Reference.rows(reading.beneath(holder), snapshot, values.getOrDefault(key.parameter(), ""));
                if (row.isEmpty()) {
                    return Optional.empty();
                }
                values.put(key.parameter(), row);
            }
        }
        return Optional.of(new Found(found.place(), values, found.beneath()));
    }

    private void row(
            Transaction transaction,
            String tablePath,
            List<String> names,
            Found found,
            @Nullable ObjectInstance known) {
        Map<String, String> keys = new LinkedHashMap<>();
        names.forEach(name -> keys.put(name, found.values().getOrDefault(name, "")));
        String path = known != null ? known.path() : transaction.add(tablePath, keys);
        next.put(path, found.place());
        String section = found.place().section();
        beneath(transaction, path, found.place().listing());
        for (Observed observed : found.place().listing().all()) {
            String value = found.values().get(observed.parameter());
            boolean apart = keys.containsKey(observed.parameter());
            if (value != null && !apart && observed.reading() instanceof Observed.Reading.Referring reading) {
                writing.refer(path + observed.parameter(), section, reading, value);
            } else if (value != null && !apart) {
                writing.set(transaction, path + observed.parameter(), section, value);
            }
        }
        for (Beneath table : found.place().listing().content().beneath()) {
            table(transaction, path, found.place(), table, found);
        }
    }

    /// Makes a table beneath a row as it was told.
    private void table(Transaction transaction, String path, Place place, Beneath table, Found found) {
        List<String> names =
                table.keyed().keys().stream().map(Observed::parameter).toList();
        Map<List<String>, String> present = new HashMap<>();
        Set<String> surplus = new LinkedHashSet<>();
        for (ObjectInstance row : MappedRows.rows(transaction.snapshot(), path + table.name())) {
            surplus.add(row.path());
            present.putIfAbsent(key(names, row), row.path());
        }
        Map<String, Map<String, String>> rows = found.beneath().getOrDefault(table.name(), Map.of());
        rows.values().forEach(values -> surplus.remove(present.getOrDefault(key(names, values), "")));
        surplus.forEach(transaction::delete);
        rows.forEach((key, values) -> {
            Map<String, String> keys = new LinkedHashMap<>();
            names.forEach(name -> keys.put(name, values.getOrDefault(name, "")));
            String row =
                    present.computeIfAbsent(key(names, values), apart -> transaction.add(path + table.name(), keys));
            next.put(row, new Place(place.listing(), place.section(), place.key(), List.of(table.name(), key)));
            values.forEach((name, value) -> {
                if (!keys.containsKey(name)) {
                    writing.set(transaction, row + name, place.section(), value);
                }
            });
        });
    }

    /// Tables beneath a row that have one row.
    private static void beneath(Transaction transaction, String path, Listing listing) {
        for (Observed observed : listing.parameters()) {
            String[] parts = observed.parameter().split(Listing.ONE, 2);
            if (parts.length > 1
                    && transaction.snapshot().object(path + parts[0] + ".1.").isEmpty()) {
                transaction.add(path + parts[0] + ".", 1);
            }
        }
    }

    private static List<String> names(List<Found> found) {
        return found.stream()
                .findFirst()
                .map(each -> each.place().listing().keys().stream()
                        .map(Observed::parameter)
                        .toList())
                .orElse(List.of());
    }

    private static List<String> key(List<String> names, ObjectInstance row) {
        return names.stream()
                .map(name -> Addresses.canonical(row.value(name).orElse("")))
                .toList();
    }

    private static List<String> key(List<String> names, Map<String, String> values) {
        return names.stream()
                .map(name -> Addresses.canonical(values.getOrDefault(name, "")))
                .toList();
    }

    /// The unique keys of a table, as far as they were seen.
    private final class Apart {
        private final String tablePath;
        private final List<String> names;
        private final List<UniqueKey> keys;
        private final Set<List<String>> seen = new HashSet<>();

        /// @param names what tells elements of lists apart, so that having the same is no news
        Apart(String tablePath, List<String> names) {
            this.tablePath = tablePath;
            this.names = names;
            this.keys = supported.object(SupportedDataModel.supportedPath(tablePath) + "{i}.").stream()
                    .flatMap(object -> object.uniqueKeys().stream())
                    .toList();
        }

        /// Whether one before it had the same; what says nothing of a key, or nothing but emptiness, has not.
        boolean isTwin(Function<String, @Nullable String> values) {
            for (UniqueKey key : keys) {
                List<String> own = new ArrayList<>(key.parameters());
                boolean says = false;
                boolean whole = true;
                for (String name : key.parameters()) {
                    String value = values.apply(name);
                    whole &= value != null;
                    says |= value != null && !value.isEmpty();
                    own.add(Addresses.canonical(value == null ? "" : value));
                }
                if (whole && says && !seen.add(own)) {
                    if (!names.containsAll(key.parameters())) {
                        writing.tell(tablePath + " has one row for all that have the same "
                                + String.join(", ", key.parameters()));
                    }
                    return true;
                }
            }
            return false;
        }
    }

    /// Where the row of this path, or the row that it is beneath, comes from; empty where it is of no listing.
    Optional<Place> place(String objectPath) {
        return Optional.ofNullable(places.get(row(objectPath)));
    }

    /// The keys of the rows that there are for a section.
    Set<String> keys(Listing listing, String section) {
        Set<String> keys = new HashSet<>();
        places.values().stream()
                .filter(place -> place.section().equals(section)
                        && place.listing().equals(listing)
                        && place.beneath().isEmpty())
                .forEach(place -> keys.add(place.key()));
        return keys;
    }

    private String row(String objectPath) {
        String row = objectPath;
        while (!places.containsKey(row) && row.indexOf('.') < row.length() - 1) {
            row = row.substring(0, row.lastIndexOf('.', row.length() - 2) + 1);
        }
        return row;
    }

    /// The present value of a live parameter; empty where the daemon does not tell it.
    ///
    /// @param elements what the daemon lists now
    /// @param answers what others say now
    Optional<String> read(
            BiFunction<Listing, String, Map<String, UbusTable>> elements,
            Function<State.Question, Optional<UbusTable>> answers,
            String objectPath,
            String parameter) {
        String row = row(objectPath);
        Place found = places.get(row);
        if (found == null) {
            return Optional.empty();
        }
        String name = objectPath.substring(row.length()) + parameter;
        return found.parameters().stream()
                .filter(observed -> observed.live() && observed.parameter().equals(name))
                .findFirst()
                .flatMap(observed -> told(found, observed, elements, answers)
                        .flatMap(told -> observed.reading().of(told, found.name())));
    }

    private static Optional<UbusTable> told(
            Place place,
            Observed observed,
            BiFunction<Listing, String, Map<String, UbusTable>> elements,
            Function<State.Question, Optional<UbusTable>> answers) {
        if (observed.isAsked()) {
            return answers.apply(observed.question());
        }
        Optional<UbusTable> element = Optional.ofNullable(
                elements.apply(place.listing(), place.section()).get(place.key()));
        return place.table()
                .map(table -> element.flatMap(
                        whole -> Optional.ofNullable(table.elements(whole).get(place.name()))))
                .orElse(element);
    }
}
