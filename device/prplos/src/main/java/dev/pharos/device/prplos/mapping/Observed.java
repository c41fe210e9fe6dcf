// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciSection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A parameter that shows what a daemon tells.
///
/// @param parameter relative to the row
/// @param question whom to ask; nobody for what an element of a list says
/// @param reading how its value is found in the answer, or in the element of it that is the row
/// @param live whether it is taken from the last answer when somebody reads it, and never announced
/// @param when for which sections it counts
public record Observed(String parameter, State.Question question, Reading reading, boolean live, When when) {

    /// For sections of which an option has one of some values, an empty one for absence; for all where there is no
    /// option.
    public record When(String option, Set<String> values) {
        static final When ALWAYS = new When("", Set.of());

        public When {
            values = Set.copyOf(values);
        }

        boolean holds(UciSection section) {
            return option.isEmpty() || values.contains(section.text(option).orElse(""));
        }
    }

    /// Whether somebody is asked for it, and it is not taken from what a list says.
    boolean isAsked() {
        return !question.equals(State.Question.NOBODY);
    }

    /// Whether it is this parameter, of all sections.
    boolean isAlways(String name) {
        return parameter.equals(name) && when.equals(When.ALWAYS);
    }

    /// How a value is found.
    public sealed interface Reading {
        /// As the data model says it (TR-106, 3.2.1).
        String NEVER = "9999-12-31T23:59:59Z";

        /// The name of the element.
        record Name() implements Reading {}

        /// What a path leads to.
        ///
        /// @param nothing what counts as if it led nowhere; empty where nothing does
        /// @param otherwise what is shown where it leads nowhere; empty where nothing is
        record Value(State.Path path, String nothing, String otherwise) implements Reading {}

        /// An address and how many bits of it are meant, such as `2001:db8::/32`.
        record Prefix(State.Path address, State.Path bits) implements Reading {}

        /// A time, of seconds since 1970, 0 for never.
        record Time(State.Path path) implements Reading {}

        /// An Alias that the device gives: `cpe-` and what a path leads to, of which the first [Limits#ALIAS]
        /// characters
        /// count.
        record Alias(State.Path path) implements Reading {}

        /// A time so many seconds from now as a path leads to; never where it leads nowhere, or to -1.
        record Until(State.Path path) implements Reading {}

        /// The same for all elements.
        record Constant(String word) implements Reading {}

        /// The row of the section for which the list is.
        record Holder() implements Reading {}

        /// The rows of other tables that are called as what a path leads to, with commas between.
        ///
        /// @param tables for each name the first that has such a row counts
        /// @param paths of which the first counts that leads to the name of a row; without one, the name of the
        ///     element counts
        record Referring(List<Reference> tables, List<State.Path> paths) implements Reading {
            public Referring {
                tables = List.copyOf(tables);
                paths = List.copyOf(paths);
            }

            /// The same with tables beneath this row, where they are beside the list.
            ///
            /// @param row with trailing dot
            List<Reference> beneath(String row) {
                return tables.stream().map(table -> table.beneath(row)).toList();
            }
        }

        /// All that a path leads to, with commas between; nothing where it leads nowhere.
        record All(State.Path path) implements Reading {}

        /// The network mask of IPv4 of so many bits as a path leads to; nothing where it leads nowhere.
        record Mask(State.Path path) implements Reading {}

        /// What the configuration says of the section that the row is, or is beneath.
        record Configured(String option, Conversion conversion) implements Reading {}

        /// Whether a member of a list has not a mark, see [FixedMembers].
        ///
        /// @param so is written where it has not
        /// @param otherwise the mark
        record Marked(String so, String otherwise) implements Reading {}

        /// Whether there is no section of a type that says something; false makes one, true deletes it.
        ///
        /// @param options what it says, with `@` for what the row is called: the first one always, the others
        ///     where it has them
        record Absent(String type, Map<String, String> options) implements Reading {
            public Absent {
                options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
            }

            boolean says(UciSection section, String name) {
                Iterator<Map.Entry<String, String>> each =
                        options(name).entrySet().iterator();
                Map.Entry<String, String> first = each.next();
                boolean so = section.type().equals(type)
                        && section.text(first.getKey()).equals(Optional.of(first.getValue()));
                while (so && each.hasNext()) {
                    Map.Entry<String, String> option = each.next();
                    so = section.text(option.getKey()).orElse(option.getValue()).equals(option.getValue());
                }
                return so;
            }

            Map<String, String> options(String name) {
                Map<String, String> options = new LinkedHashMap<>(this.options);
                options.replaceAll((option, value) -> value.replace("@", name));
                return options;
            }
        }

        /// The first word of which the path leads to something that is so.
        record First(List<State.Word> words, String otherwise) implements Reading {
            public First {
                words = List.copyOf(words);
            }
        }

        /// Whether it is only known with what a daemon calls the section.
        default boolean needsName() {
            return switch (this) {
                case Value(State.Path path, String ignored, String absent) -> path.needsName();
                case Time(State.Path path) -> path.needsName();
                case Until(State.Path path) -> path.needsName();
                case Alias(State.Path path) -> path.needsName();
                case Prefix(State.Path address, State.Path bits) -> address.needsName() || bits.needsName();
                case Referring referring -> referring.paths().stream().anyMatch(State.Path::needsName);
                case All(State.Path path) -> path.needsName();
                case Mask(State.Path path) -> path.needsName();
                case First first -> first.words().stream().anyMatch(State.Word::needsName);
                case Name ignored -> false;
                case Configured ignored -> false;
                case Constant ignored -> false;
                case Marked ignored -> false;
                case Absent ignored -> false;
                case Holder ignored -> false;
            };
        }

        /// With what a daemon calls the section.
        default Reading with(String name) {
            return switch (this) {
                case Value(State.Path path, String nothing, String otherwise) ->
                    new Value(path.with(name), nothing, otherwise);
                case Time(State.Path path) -> new Time(path.with(name));
                case Until(State.Path path) -> new Until(path.with(name));
                case Alias(State.Path path) -> new Alias(path.with(name));
                case Prefix(State.Path address, State.Path bits) -> new Prefix(address.with(name), bits.with(name));
                case Referring(List<Reference> tables, List<State.Path> paths) ->
                    new Referring(
                            tables, paths.stream().map(path -> path.with(name)).toList());
                case All(State.Path path) -> new All(path.with(name));
                case Mask(State.Path path) -> new Mask(path.with(name));
                case First(List<State.Word> words, String otherwise) ->
                    new First(words.stream().map(word -> word.with(name)).toList(), otherwise);
                case Name ignored -> this;
                case Configured ignored -> this;
                case Constant ignored -> this;
                case Marked ignored -> this;
                case Absent ignored -> this;
                case Holder ignored -> this;
            };
        }

        /// @param name of the element, or of the section where the whole answer is meant
        default Optional<String> of(UbusTable element, String name) {
            return switch (this) {
                case Name ignored -> Optional.of(name);
                case Value(State.Path path, String nothing, String otherwise) ->
                    path.text(element, name)
                            .map(text -> text.equals(nothing) ? otherwise : text)
                            .or(() -> Optional.of(otherwise).filter(text -> !text.isEmpty()));
                case Time(State.Path path) ->
                    path.text(element, name)
                            .filter(text -> text.matches("[0-9]{1,11}"))
                            .map(text -> text.equals("0")
                                    ? NEVER
                                    : Instant.ofEpochSecond(Long.parseLong(text))
                                            .toString());
                case Until(State.Path path) ->
                    Optional.of(path.text(element, name)
                            .filter(text -> text.matches("[0-9]{1,10}"))
                            .map(text -> Instant.now()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .plusSeconds(Long.parseLong(text))
                                    .toString())
                            .orElse(NEVER));
                case Alias(State.Path path) ->
                    path.text(element, name)
                            .filter(text -> !text.isEmpty())
                            .map(text -> "cpe-" + text.substring(0, Math.min(text.length(), Limits.ALIAS)));
                case Prefix(State.Path address, State.Path bits) ->
                    address.text(element, name)
                            .flatMap(text -> bits.text(element, name).map(length -> text + "/" + length));
                case Referring referring ->
                    Optional.of(
                            referring.paths().isEmpty()
                                    ? name
                                    : String.join(
                                            Reference.OR,
                                            referring.paths().stream()
                                                    .map(path -> String.join(",", path.texts(element, name)))
                                                    .toList()));
                case All(State.Path path) -> Optional.of(String.join(",", path.texts(element, name)));
                case Mask(State.Path path) ->
                    Optional.of(path.text(element, name).flatMap(Masks::of).orElse(""));
                case Configured ignored -> Optional.empty();
                case Absent ignored -> Optional.empty();
                case Constant(String word) -> Optional.of(word);
                case Marked(String ignored, String otherwise) ->
                    element.text(FixedMembers.MARKS).map(marks -> Boolean.toString(!marks.contains(otherwise)));
                case Holder ignored -> Optional.empty();
                case First(List<State.Word> words, String otherwise) ->
                    Optional.of(words.stream()
                            .filter(word -> word.holds(element, name))
                            .findFirst()
                            .map(State.Word::word)
                            .orElse(otherwise));
            };
        }
    }
}
