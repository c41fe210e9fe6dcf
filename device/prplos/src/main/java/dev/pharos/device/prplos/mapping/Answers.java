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
import java.util.function.Function;

/// What daemons said when they were last asked.
///
/// @param tables those who did not answer have none
/// @param names what daemons call the section that is a row, by table and section
/// @param listed what is listed beneath the row of a section, by what tells it apart; by table, listing and section
record Answers(
        Map<State.Question, UbusTable> tables,
        Map<List<String>, String> names,
        Map<List<String>, Map<String, UbusTable>> listed) {
    static final Answers NONE = new Answers(Map.of(), Map.of(), Map.of());

    Answers {
        tables = Map.copyOf(tables);
        names = Map.copyOf(names);
        listed = Map.copyOf(listed);
    }

    /// What of it the data model shows without being read.
    ///
    /// @param values by path of the table, section and parameter
    /// @param rows by their keys, by listing and section
    record Shown(Map<List<String>, String> values, Map<List<String>, Map<String, Row>> rows) {
        static final Shown NOTHING = new Shown(Map.of(), Map.of());

        Shown {
            values = Map.copyOf(values);
            rows = Map.copyOf(rows);
        }
    }

    /// What is shown of an element of a list.
    ///
    /// @param values by parameter
    /// @param beneath the rows of the tables beneath it by their keys, by the name of the table
    record Row(Map<String, String> values, Map<String, Map<String, Map<String, String>>> beneath) {}

    /// Asks all that a mapping wants to know of these sections. Whom to ask may depend on what others answered.
    static Answers ask(Mapping mapping, Map<String, UciPackage> packages, Daemons daemons) throws InterruptedException {
        Map<State.Question, UbusTable> tables = new HashMap<>();
        Map<List<String>, String> names = new HashMap<>();
        for (Table table : mapping.tables()) {
            if (table.identity().called().orElse(null) instanceof Mapping.Called.Told told) {
                put(tables, told.question(), daemons);
            }
            for (UciSection section : sections(table, packages)) {
                name(tables, table, section).ifPresent(name -> names.put(List.of(table.path(), section.id()), name));
                for (State.Question question : questions(mapping, table)) {
                    Optional<State.Question> resolved = resolved(names, table, section.id(), question);
                    if (resolved.isPresent()) {
                        put(tables, resolved.get(), daemons);
                    }
                }
            }
        }
        return new Answers(tables, names, listed(mapping, packages, tables, names));
    }

    private static Optional<String> name(Map<State.Question, UbusTable> tables, Table table, UciSection section) {
        return table.identity()
                .called()
                .flatMap(called -> switch (called) {
                    case Mapping.Called.Told told ->
                        Optional.ofNullable(tables.get(told.question())).flatMap(answer -> told.of(answer, section));
                    case Mapping.Called.Configured(String option) -> section.text(option);
                })
                .filter(name -> !name.isEmpty());
    }

    private static Map<List<String>, Map<String, UbusTable>> listed(
            Mapping mapping,
            Map<String, UciPackage> packages,
            Map<State.Question, UbusTable> tables,
            Map<List<String>, String> names) {
        Map<List<String>, Map<String, UbusTable>> listed = new HashMap<>();
        for (Listing listing : mapping.listings()) {
            Table table = listing.table();
            for (UciSection section : sections(table, packages)) {
                String name = names.getOrDefault(List.of(table.path(), section.id()), "");
                listing.source()
                        .flatMap(source -> resolved(names, table, section.id(), source.question()))
                        .map(tables::get)
                        .ifPresent(answer -> listed.put(
                                listing.beneath(section.id()), listing.elements(answer, section.id(), name)));
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
        table.content().observed().stream()
                .filter(observed -> !observed.live())
                .forEach(observed -> questions.add(observed.question()));
        mapping.listings().stream()
                .filter(listing -> listing.table().equals(table))
                .forEach(listing -> {
                    listing.source().ifPresent(source -> questions.add(source.question()));
                    listing.parameters().stream()
                            .filter(observed -> !observed.live() && observed.isAsked())
                            .forEach(observed -> questions.add(observed.question()));
                });
        return questions;
    }

    static List<UciSection> sections(Table table, Map<String, UciPackage> packages) {
        return table.rows(packages.get(table.packageName()));
    }

    /// With what the section is called in place of `?`; empty while nobody says that.
    private static Optional<State.Question> resolved(
            Map<List<String>, String> names, Table table, String section, State.Question question) {
        return !question.needsName()
                ? Optional.of(question)
                : Optional.ofNullable(names.get(List.of(table.path(), section))).map(question::with);
    }

    /// What daemons call a section; empty where nobody says that.
    Optional<String> name(Table table, String section) {
        return Optional.ofNullable(names.get(List.of(table.path(), section)));
    }

    /// What a daemon tells of a section, of its answer to the question as it is then put.
    Optional<String> observed(
            Table table, String section, Observed observed, Function<State.Question, Optional<UbusTable>> answer) {
        return resolved(names, table, section, observed.question())
                .flatMap(answer)
                .flatMap(told -> !observed.reading().needsName()
                        ? observed.reading().of(told, section)
                        : name(table, section)
                                .flatMap(name -> observed.reading().with(name).of(told, section)));
    }

    /// Who is to be asked for a list beneath the row of a section.
    Optional<State.Question> question(Listing listing, String section) {
        return listing.source().flatMap(source -> resolved(names, listing.table(), section, source.question()));
    }

    /// What was answered of a section.
    Optional<UbusTable> of(Table table, String section, State.Question question) {
        return resolved(names, table, section, question).map(tables::get);
    }

    Shown shown(Mapping mapping, Map<String, UciPackage> packages) {
        Map<List<String>, String> values = new HashMap<>();
        Map<List<String>, Map<String, Row>> rows = new HashMap<>();
        for (Table table : mapping.tables()) {
            for (UciSection section : sections(table, packages)) {
                String id = section.id();
                for (State state : table.content().states()) {
                    String shown = state.shown(
                            of(table, id, state.question()).orElse(null),
                            id,
                            name(table, id).orElse(""));
                    values.put(List.of(table.path(), id, state.parameter()), shown);
                }
                for (Observed observed : table.content().observed()) {
                    if (!observed.live() && observed.when().holds(section)) {
                        observed(table, id, observed, question -> Optional.ofNullable(tables.get(question)))
                                .ifPresent(value -> values.put(List.of(table.path(), id, observed.parameter()), value));
                    }
                }
            }
        }
        for (Listing listing : mapping.listings()) {
            for (UciSection section : sections(listing.table(), packages)) {
                List<String> place = listing.beneath(section.id());
                Map<String, UbusTable> elements = new LinkedHashMap<>(listing.configured(section, packages));
                if (!listing.isFixed(section)) {
                    listing.within(section, listed.getOrDefault(place, Map.of()), packages)
                            .forEach(elements::putIfAbsent);
                }
                rows.put(place, rows(listing, section, elements, packages));
            }
        }
        return new Shown(values, rows);
    }

    private Map<String, Row> rows(
            Listing listing, UciSection section, Map<String, UbusTable> elements, Map<String, UciPackage> packages) {
        Map<String, Row> rows = listing.fixed().isPresent() ? new LinkedHashMap<>() : new TreeMap<>();
        elements.forEach((key, element) -> {
            Map<String, String> values = new LinkedHashMap<>();
            for (Observed observed : listing.all()) {
                if (observed.reading() instanceof Observed.Reading.Absent absent) {
                    values.put(observed.parameter(), Boolean.toString(listing.isAbsent(absent, key, packages)));
                } else if (!observed.live()) {
                    value(observed, section, element, key).ifPresent(value -> values.put(observed.parameter(), value));
                }
            }
            Map<String, Map<String, Map<String, String>>> beneath = new LinkedHashMap<>();
            listing.content().beneath().forEach(table -> beneath.put(table.name(), table.shown(element)));
            rows.put(key, new Row(values, beneath));
        });
        return rows;
    }

    private Optional<String> value(Observed observed, UciSection section, UbusTable element, String key) {
        if (observed.reading() instanceof Observed.Reading.Configured(String option, Conversion conversion)) {
            return conversion.shown(section, option, Conversion.Rows.NONE);
        }
        return observed.isAsked()
                ? Optional.ofNullable(tables.get(observed.question()))
                        .flatMap(answer -> observed.reading().of(answer, key))
                : observed.reading().of(element, key);
    }

    /// The objects that tell by notifications when what they list is another, with the names of these.
    Map<String, Set<String>> news(Mapping mapping, Map<String, UciPackage> packages) {
        Map<String, Set<String>> news = new HashMap<>();
        for (Listing listing : mapping.listings()) {
            Set<String> names = listing.source().map(Listing.Source::news).orElse(Set.of());
            if (!names.isEmpty()) {
                sections(listing.table(), packages)
                        .forEach(section -> question(listing, section.id())
                                .ifPresent(question -> news.put(question.object(), names)));
            }
        }
        return news;
    }
}
