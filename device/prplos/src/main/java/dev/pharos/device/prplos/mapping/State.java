// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A parameter that says how something stands, as a daemon tells it.
///
/// @param parameter relative to the row
/// @param question whom to ask
/// @param words the first of which the path leads to something that is so
/// @param otherwise where none does
/// @param silent where the daemon does not answer
/// @param failed the word that says that it does not work as it is configured; empty where none does
public record State(
        String parameter, Question question, List<Word> words, String otherwise, String silent, String failed) {
    public State {
        words = List.copyOf(words);
    }

    /// A method without arguments, of an object on ubus.
    ///
    /// @param object with `?` for what the section is called there
    public record Question(String object, String method) {
        static final String UNKNOWN = "?";

        /// Nobody is asked.
        static final Question NOBODY = new Question("", "");

        boolean needsName() {
            return object.contains(UNKNOWN);
        }

        Question with(String name) {
            return new Question(object.replace(UNKNOWN, name), method);
        }
    }

    /// A word of the data model, and where an answer says that it holds.
    ///
    /// @param paths all of which must lead to something that is so
    public record Word(String word, List<Path> paths) {
        public Word {
            paths = List.copyOf(paths);
        }

        boolean needsName() {
            return paths.stream().anyMatch(Path::needsName);
        }

        Word with(String name) {
            return new Word(word, paths.stream().map(path -> path.with(name)).toList());
        }

        boolean holds(UbusTable answer, String section) {
            return paths.stream().allMatch(path -> path.isSo(answer, section));
        }
    }

    /// What is shown of a section.
    ///
    /// @param answer null where there is none
    /// @param name what the daemon calls the section
    String shown(@Nullable UbusTable answer, String section, String name) {
        if (answer == null) {
            return silent;
        }
        return words.stream()
                .filter(word -> word.with(name).holds(answer, section))
                .findFirst()
                .map(Word::word)
                .orElse(otherwise);
    }

    /// A way into an answer: names with dots between, `*` for every member or element, `@` for the member that is
    /// called as the section, `?` for the one that is called as a daemon calls it, and `name[member=@]` for the
    /// elements of a list of which the member is the section, or is a word that stands there in place of `@`;
    /// `name[word]` for those that are this text or number, and for the member itself if it is.
    public record Path(List<String> steps) {
        private static final String STEP = "(\\*|@|\\?|[\\w-]+(\\[([\\w-]+=)?(@|[\\w.:/-]+)])?)";
        /// Dots outside of brackets.
        private static final Pattern BETWEEN = Pattern.compile("\\.(?![^\\[]*])");
        static final String GRAMMAR = STEP + "(\\." + STEP + ")*";

        public Path {
            steps = List.copyOf(steps);
        }

        static Path parse(String text) {
            return new Path(List.of(BETWEEN.split(text)));
        }

        boolean needsName() {
            return steps.contains(Question.UNKNOWN);
        }

        Path with(String name) {
            return new Path(steps.stream()
                    .map(step -> step.equals(Question.UNKNOWN) ? name : step)
                    .toList());
        }

        /// Whether it leads to something that is neither false nor 0 nor empty.
        boolean isSo(UbusTable answer, String section) {
            return reached(answer, section).anyMatch(Path::isSo);
        }

        /// Everything that it leads to, in the order of the answer.
        Stream<UbusValue> reached(UbusTable answer, String section) {
            Stream<UbusValue> reached = Stream.of(answer);
            for (String step : steps) {
                reached = reached.flatMap(value -> switch (value) {
                    case UbusTable table -> step(table, step, section);
                    case UbusValue.Array(List<UbusValue> elements) when step.equals("*") -> elements.stream();
                    default -> Stream.empty();
                });
            }
            return reached;
        }

        /// The first word or number that it leads to, as text.
        Optional<String> text(UbusTable answer, String section) {
            return reached(answer, section)
                    .flatMap(value -> Path.text(value).stream())
                    .findFirst();
        }

        /// All words and numbers that it leads to, as text.
        List<String> texts(UbusTable answer, String section) {
            return reached(answer, section)
                    .flatMap(value -> Path.text(value).stream())
                    .toList();
        }

        private static Optional<String> text(UbusValue value) {
            return switch (value) {
                case UbusValue.Bool(boolean truth) -> Optional.of(Boolean.toString(truth));
                case UbusValue.Int16(short number) -> Optional.of(Short.toString(number));
                case UbusValue.Int32(int number) -> Optional.of(Integer.toString(number));
                case UbusValue.Int64(long number) -> Optional.of(Long.toString(number));
                case UbusValue.Text(String text) -> Optional.of(text);
                case UbusValue.Real ignored -> Optional.empty();
                case UbusValue.Array ignored -> Optional.empty();
                case UbusTable ignored -> Optional.empty();
                case UbusValue.Null() -> Optional.empty();
            };
        }

        private static Stream<UbusValue> step(UbusTable table, String step, String section) {
            int filter = step.indexOf('[');
            if (step.equals("*")) {
                return table.members().values().stream();
            }
            if (filter < 0) {
                return Optional.ofNullable(table.members().get(step.equals("@") ? section : step)).stream();
            }
            int equals = Math.max(filter, step.indexOf('='));
            String named = step.substring(equals + 1, step.length() - 1);
            Optional<String> wanted = Optional.of(named.equals("@") ? section : named);
            UbusValue member = table.members().get(step.substring(0, filter));
            Stream<UbusValue> elements = switch (member) {
                case UbusValue.Array(List<UbusValue> array) -> array.stream();
                case null -> Stream.empty();
                default -> equals == filter ? Stream.of(member) : Stream.empty();
            };
            return elements.filter(element -> equals == filter
                    ? text(element).equals(wanted)
                    : element instanceof UbusTable row
                            && row.text(step.substring(filter + 1, equals)).equals(wanted));
        }

        private static boolean isSo(UbusValue value) {
            return switch (value) {
                case UbusValue.Bool(boolean truth) -> truth;
                case UbusValue.Int16(short number) -> number != 0;
                case UbusValue.Int32(int number) -> number != 0;
                case UbusValue.Int64(long number) -> number != 0;
                case UbusValue.Real(double number) -> number != 0;
                case UbusValue.Text(String text) -> !text.isEmpty();
                case UbusValue.Array(List<UbusValue> elements) -> !elements.isEmpty();
                case UbusTable table -> !table.members().isEmpty();
                case UbusValue.Null() -> false;
            };
        }
    }
}
