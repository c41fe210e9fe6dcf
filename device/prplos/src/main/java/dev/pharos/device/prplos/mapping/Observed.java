// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A parameter that shows what a daemon tells.
///
/// @param parameter relative to the row
/// @param question whom to ask
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

    /// How a value is found.
    public sealed interface Reading {

        /// The name of the element.
        record Name() implements Reading {}

        /// What a path leads to.
        record Value(State.Path path) implements Reading {}

        /// The first word of which the path leads to something that is so.
        record First(List<State.Word> words, String otherwise) implements Reading {
            public First {
                words = List.copyOf(words);
            }
        }

        /// @param name of the element, or of the section where the whole answer is meant
        default Optional<String> of(UbusTable element, String name) {
            return switch (this) {
                case Name ignored -> Optional.of(name);
                case Value(State.Path path) -> path.text(element, name);
                case First(List<State.Word> words, String otherwise) ->
                    Optional.of(words.stream()
                            .filter(word -> word.path().isSo(element, name))
                            .findFirst()
                            .map(State.Word::word)
                            .orElse(otherwise));
            };
        }
    }
}
