// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.mapping.Mapping.Table;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What daemons said when they were last asked.
///
/// @param tables those who did not answer have none
/// @param listed what is listed beneath the row of a section, by what tells it apart; by table, listing and section
record Answers(Map<State.Question, UbusTable> tables, Map<List<String>, Map<String, UbusTable>> listed) {
    static final Answers NONE = new Answers(Map.of(), Map.of());

    Answers {
        tables = Map.copyOf(tables);
        listed = Map.copyOf(listed);
    }

    /// What of it the data model shows without being read.
    ///
    /// @param values by path of the table, section and parameter
    /// @param rows the parameters of each row by its key, by listing and section
    record Shown(Map<List<String>, String> values, Map<List<String>, Map<String, Map<String, String>>> rows) {
        static final Shown NOTHING = new Shown(Map.of(), Map.of());

        Shown {
            values = Map.copyOf(values);
            rows = Map.copyOf(rows);
        }
    }

    /// Asks all that a mapping wants to know of these sections. Whom to ask may depend on what others answered.
    static Answers ask(Mapping mapping, Map<String, UciPackage> packages, Daemons daemons) throws InterruptedException {
        Map<State.Question, UbusTable> tables = new HashMap<>();
        for (Table table : mapping.tables()) {
            Optional<Mapping.Called> called = table.identity().called();
            if (called.isPresent()) {
                put(tables, called.get().question(), daemons);
            }
            for (UciSection section : sections(table, packages)) {
                for (State.Question question : questions(mapping, table)) {
                    Optional<State.Question> resolved = resolved(tables, table, section.id(), question);
                    if (resolved.isPresent()) {
                        put(tables, resolved.get(), daemons);
                    }
                }
            }
        }
        return new Answers(tables, listed(mapping, packages, tables));
    }

    private static Map<List<String>, Map<String, UbusTable>> listed(
            Mapping mapping, Map<String, UciPackage> packages, Map<State.Question, UbusTable> tables) {
        Map<List<String>, Map<String, UbusTable>> listed = new HashMap<>();
        for (Listing listing : mapping.listings()) {
            Table table = listing.table();
            for (UciSection section : sections(table, packages)) {
                resolved(tables, table, section.id(), listing.source().question())
                        .map(tables::get)
                        .ifPresent(answer ->
                                listed.put(listing.beneath(section.id()), listing.elements(answer, section.id())));
            }
        }
        return listed;
    }

    private static void put(Map<State.Question, UbusTable> tables, State.Question question, Daemons daemons)
            throws InterruptedException {
        if (!tables.containsKey(question)) {
            daemons.ask(question).ifPresent(answer -> tables.put(question, answer));
        }
    }

    private static Set<State.Question> questions(Mapping mapping, Table table) {
        Set<State.Question> questions = new LinkedHashSet<>();
        table.content().states().forEach(state -> questions.add(state.question()));
        table.content().observed().forEach(observed -> questions.add(observed.question()));
        mapping.listings().stream()
                .filter(listing -> listing.table().equals(table))
                .forEach(listing -> questions.add(listing.source().question()));
        return questions;
    }

    static List<UciSection> sections(Table table, Map<String, UciPackage> packages) {
        return table.rows(packages.get(table.packageName()));
    }

    /// With what the section is called in place of `?`; empty while nobody says that.
    private static Optional<State.Question> resolved(
            Map<State.Question, UbusTable> tables, Table table, String section, State.Question question) {
        return !question.needsName()
                ? Optional.of(question)
                : table.identity()
                        .called()
                        .flatMap(called -> Optional.ofNullable(tables.get(called.question()))
                                .flatMap(answer -> called.path().text(answer, section))
                                .filter(name -> !name.isEmpty())
                                .map(question::with));
    }

    /// What was answered of a section.
    Optional<UbusTable> of(Table table, String section, State.Question question) {
        return resolved(tables, table, section, question).map(tables::get);
    }

    Shown shown(Mapping mapping, Map<String, UciPackage> packages) {
        Map<List<String>, String> values = new HashMap<>();
        Map<List<String>, Map<String, Map<String, String>>> rows = new HashMap<>();
        for (Table table : mapping.tables()) {
            for (UciSection section : sections(table, packages)) {
                String id = section.id();
                for (State state : table.content().states()) {
                    String shown = state.shown(of(table, id, state.question()).orElse(null), id);
                    values.put(List.of(table.path(), id, state.parameter()), shown);
                }
                for (Observed observed : table.content().observed()) {
                    if (observed.when().holds(section)) {
                        of(table, id, observed.question())
                                .flatMap(answer -> observed.reading().of(answer, id))
                                .ifPresent(value -> values.put(List.of(table.path(), id, observed.parameter()), value));
                    }
                }
            }
        }
        listed.forEach((place, elements) -> mapping.listings().stream()
                .filter(listing -> listing.beneath(place.getLast()).equals(place))
                .forEach(listing -> rows.put(place, rows(listing, elements))));
        return new Shown(values, rows);
    }

    private static Map<String, Map<String, String>> rows(Listing listing, Map<String, UbusTable> elements) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        elements.forEach((key, element) -> {
            Map<String, String> values = new LinkedHashMap<>();
            for (Observed observed : listing.parameters()) {
                if (!observed.live()) {
                    observed.reading().of(element, key).ifPresent(value -> values.put(observed.parameter(), value));
                }
            }
            rows.put(key, values);
        });
        return rows;
    }

    /// The objects that tell by notifications when what they list is another, with the names of these.
    Map<String, Set<String>> news(Mapping mapping, Map<String, UciPackage> packages) {
        Map<String, Set<String>> news = new HashMap<>();
        for (Listing listing : mapping.listings()) {
            if (!listing.source().news().isEmpty()) {
                sections(listing.table(), packages)
                        .forEach(section -> resolved(
                                        tables,
                                        listing.table(),
                                        section.id(),
                                        listing.source().question())
                                .ifPresent(question -> news.put(
                                        question.object(), listing.source().news())));
            }
        }
        return news;
    }
}
