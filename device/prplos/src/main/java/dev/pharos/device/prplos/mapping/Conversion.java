// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How a value of the data model stands in an option of UCI.
public sealed interface Conversion {
    Set<String> TRUE = Set.of("1", "true", "yes", "on", "enabled");

    /// As it is.
    ///
    /// @param absent what counts where the option is not there, and deletes it; empty where nothing does
    record Text(String absent) implements Conversion {
        static final Text AS_IT_IS = new Text("");
    }

    /// A number; what is none does not show.
    ///
    /// @param absent what counts where the option is not there, and deletes it; empty where nothing does
    record Numeric(String absent) implements Conversion {}

    /// True or false, of which consumers take many words.
    record Flag(boolean inverted, boolean absent) implements Conversion {}

    /// One of some words. What stands behind a `+` is kept while the word stays.
    ///
    /// @param words those of UCI, by those of the data model
    /// @param absent that of the data model which counts where the option is not there; empty where none does
    record Choice(Map<String, String> words, String absent) implements Conversion {
        public Choice {
            words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        }
    }

    /// A list, in the data model with commas.
    record Items() implements Conversion {}

    /// A text with spaces behind it up to a length.
    record Padded(int length) implements Conversion {}

    /// The name of the section that is a row of another table.
    record Row(String table) implements Conversion {}

    /// The row of the first member of a list that has one.
    record Foremost(String table) implements Conversion {
        private Optional<String> shown(List<String> members, Rows rows) {
            return members.stream()
                    .flatMap(member -> rows.path(table, member).stream())
                    .findFirst();
        }

        /// Of several members it cannot be said which one another takes the place of; one that is gone leaves the
        /// others.
        private List<String> written(List<String> members, String row, Rows rows) {
            if (row.isEmpty()) {
                Optional<String> gone = members.stream()
                        .filter(member -> rows.path(table, member).isPresent())
                        .findFirst();
                return members.stream()
                        .filter(member -> !gone.equals(Optional.of(member)))
                        .toList();
            }
            if (members.size() > 1) {
                throw new UspException(
                        StandardErrorCode.INVALID_VALUE, "there are others beside the one that is shown: " + members);
            }
            return rows.section(row).stream().toList();
        }
    }

    /// Whether the option is, or lacks and thus means, this word; false writes the value of another parameter.
    record Is(String word, String otherwise) implements Conversion {}

    /// A time zone as POSIX has it.
    ///
    /// @param other the option with the same in other words, which would be untrue once this is written
    record Zone(String other) implements Conversion {
        private static final String POSIX = "(<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})[+-]?[0-9]{1,2}(:[0-9]{2}){0,2}"
                + "((<[A-Za-z0-9+-]{3,}>|[A-Za-z]{3,})([+-]?[0-9]{1,2}(:[0-9]{2}){0,2})?(,[MJ0-9./:+,-]+)?)?";
    }

    /// What a switch means, in two words.
    ///
    /// @param absent what counts where the option is not there
    record Words(String so, String otherwise, String absent) implements Conversion {}

    /// One end of a range, as in `80-90`, or both as in `80`.
    ///
    /// @param upper whether it is the upper end, which is 0 where both are the same
    /// @param other the parameter of the other end; none at the lower end means all
    /// @param none stands for no such end, 0 or -1
    record RangeEnd(boolean upper, String other, String none) implements Conversion {}

    /// The name of the section in the list of which a row is.
    record Zoned(ZoneOf zone) implements Conversion {}

    /// Whether the option is this word.
    ///
    /// @param so says that it is
    /// @param otherwise says that it is not, and deletes it where it is
    record Equal(String word, String so, String otherwise) implements Conversion {}

    /// An address, or the prefix that it is of.
    record Part(PrefixPart part) implements Conversion {}

    /// Which row of its table it is, from 1 on.
    record Position() implements Conversion {}

    /// A time in seconds, which UCI has as `12h`, `30m` or `infinite`, the latter as -1.
    ///
    /// @param absent what counts where the option is not there
    record Seconds(String absent) implements Conversion {}

    /// How packets are marked, see [CodePoints]; written as a number.
    ///
    /// @param none stands for nothing said
    record CodePoint(String none) implements Conversion {
        private String written(String value) {
            if (!value.equals(none) && CodePoints.number(value).isEmpty()) {
                throw new UspException(StandardErrorCode.INVALID_VALUE, "neither from 0 to 63 nor " + none);
            }
            return value.equals(none) ? "" : value;
        }
    }

    /// A number that is so many times as large in the data model.
    ///
    /// @param none stands for 0 and for nothing said
    record Scaled(long factor, String none) implements Conversion {
        private String written(String value) {
            if (value.equals(none) || value.isEmpty()) {
                return "0";
            }
            long number = value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
            if (number < factor) {
                throw new UspException(StandardErrorCode.INVALID_VALUE, "less than " + factor + ", and not " + none);
            }
            return Long.toString(number / factor);
        }
    }

    /// What a radio speaks, or how wide its channel is.
    record Radio(HtMode mode) implements Conversion {}

    /// The same whatever there is.
    record Same(String word) implements Conversion {}

    /// What stands behind a number and a comma in one item of a list, as DHCP options do; in the data model a text or
    /// a list.
    record Tagged(int tag) implements Conversion {}

    /// An address that is told by its distance from the one before the first of a subnet.
    record HostAddress(PoolEnd end) implements Conversion {}

    /// The address or the mask of a network.
    record Subnet(SubnetPart part) implements Conversion {}

    /// The names of rows of other tables, of whichever element of the device; an option, or a list.
    ///
    /// @param tables of which the first counts that has a row of the name
    /// @param many whether there may be several
    record Naming(List<Reference> tables, boolean many) implements Conversion {
        public Naming {
            tables = List.copyOf(tables);
        }
    }

    /// Where rows and sections find each other.
    interface Rows {
        /// The path of the row, without trailing dot.
        Optional<String> path(String table, String section);

        Optional<String> section(String rowPath);

        /// The value of a parameter as it will be.
        Optional<String> value(String parameterPath);

        /// The sections of a type, in any package of the mapping.
        List<UciSection> sections(String packageName, String type);

        /// A section of any package of the mapping.
        Optional<UciSection> section(String packageName, String id);

        /// Where nothing is known of any row.
        Rows NONE = new Rows() {
            @Override
            public Optional<String> path(String table, String section) {
                return Optional.empty();
            }

            @Override
            public Optional<String> section(String rowPath) {
                return Optional.empty();
            }

            @Override
            public Optional<String> value(String parameterPath) {
                return Optional.empty();
            }

            @Override
            public List<UciSection> sections(String packageName, String type) {
                return List.of();
            }

            @Override
            public Optional<UciSection> section(String packageName, String id) {
                return Optional.empty();
            }
        };
    }

    /// The sections of a type.
    ///
    /// @param content null where it is not known
    static List<UciSection> of(@Nullable UciPackage content, String type) {
        return content == null
                ? List.of()
                : content.sections().stream()
                        .filter(section -> section.type().equals(type))
                        .toList();
    }

    /// What the data model shows; empty where it has no word for what is there, or nothing is there.
    default Optional<String> shown(UciSection section, String option, Rows rows) {
        Optional<String> text = option.isEmpty() ? Optional.of(section.id()) : section.text(option);
        return switch (this) {
            case Text absent -> text.or(() -> Optional.of(absent.absent()).filter(value -> !value.isEmpty()));
            case Subnet subnet -> subnet.part().shown(section, option);
            case Zone ignored -> text;
            case Numeric number ->
                text.or(() -> Optional.of(number.absent())).filter(value -> value.matches("[0-9]{1,10}"));
            case Flag flag ->
                Optional.of(Boolean.toString(text.map(value -> TRUE.contains(value) != flag.inverted())
                        .orElse(flag.absent())));
            case Choice choice ->
                text.map(Choices::base)
                        .map(value -> choice.words().entrySet().stream()
                                .filter(word -> word.getValue().equals(value))
                                .map(Map.Entry::getKey)
                                .findFirst())
                        .orElse(Optional.of(choice.absent()).filter(word -> !word.isEmpty()));
            case Items ignored -> Optional.of(String.join(",", section.items(option)));
            case Padded padded -> text.map(value -> value + " ".repeat(Math.max(0, padded.length() - value.length())));
            case Row row -> text.flatMap(value -> rows.path(row.table(), value));
            case Foremost foremost -> foremost.shown(section.items(option), rows);
            case Is is ->
                Optional.of(Boolean.toString(text.map(is.word()::equals).orElse(true)));
            case Words words ->
                Optional.of(text.map(value -> TRUE.contains(value) ? words.so() : words.otherwise())
                        .orElse(words.absent()));
            case RangeEnd end -> Ranges.shown(text, end.upper(), end.none());
            case Zoned zoned -> zoned.zone().shown(text, rows);
            case Equal equal -> Optional.of(text.equals(Optional.of(equal.word())) ? equal.so() : equal.otherwise());
            case Part part -> part.part().shown(text);
            case Position ignored -> Optional.empty();
            case Seconds seconds ->
                text.map(Durations::seconds)
                        .orElse(Optional.of(seconds.absent()))
                        .filter(value -> !value.isEmpty());
            case Tagged tagged -> Optional.of(Tags.shown(section.items(option), tagged.tag()));
            case HostAddress address -> address.end().shown(section, rows);
            case Radio radio -> radio.mode().shown(section, option);
            case Same same -> Optional.of(same.word());
            case CodePoint point -> text.map(CodePoints::number).orElse(Optional.of(point.none()));
            case Scaled scaled ->
                Optional.of(text.filter(number -> number.matches("0*[1-9][0-9]{0,9}"))
                        .map(number -> Long.toString(Long.parseLong(number) * scaled.factor()))
                        .orElse(scaled.none()));
            case Naming ignored -> Optional.empty();
        };
    }

    /// Whether there is something that the data model has no word for, so that it would show what is not so.
    default boolean hides(UciSection section, String option, Rows rows) {
        boolean mayHide = switch (this) {
            case Choice ignored -> true;
            case RangeEnd ignored -> true;
            case Subnet ignored -> true;
            case Part ignored -> true;
            case CodePoint ignored -> true;
            default -> false;
        };
        return mayHide
                && section.text(option).isPresent()
                && shown(section, option, rows).isEmpty();
    }

    /// The changes that write a value.
    ///
    /// @param others the row's other parameters as they shall be
    /// @throws dev.pharos.usp.UspException 7012 where it cannot stand there
    default List<UciChange> written(
            UciSection section, String option, String value, Rows rows, UnaryOperator<String> others) {
        return switch (this) {
            case HostAddress address -> address.end().written(section, value, rows, others);
            case Subnet subnet -> subnet.part().written(section, option, value, others);
            case Naming naming -> {
                List<String> names = Reference.names(naming.tables(), rows::value, value)
                        .filter(found -> naming.many() || found.size() <= 1)
                        .orElseThrow(() -> new UspException(
                                StandardErrorCode.INVALID_VALUE, "leads to what the configuration has no name for"));
                yield List.of(
                        naming.many()
                                ? new UciChange.SetItems(section.id(), option, names)
                                : new UciChange.SetOption(section.id(), option, String.join("", names)));
            }
            case Zone zone -> {
                if (!value.isEmpty() && !value.matches(Zone.POSIX)) {
                    throw new UspException(
                            StandardErrorCode.INVALID_VALUE,
                            "no time zone of POSIX, such as CET-1CEST,M3.5.0,M10.5.0/3");
                }
                yield List.of(
                        new UciChange.SetOption(section.id(), option, value),
                        new UciChange.SetOption(section.id(), zone.other(), ""));
            }
            default -> List.of(one(section, option, value, rows, others));
        };
    }

    private UciChange one(UciSection section, String option, String value, Rows rows, UnaryOperator<String> others) {
        String id = section.id();
        return switch (this) {
            case Text text -> new UciChange.SetOption(id, option, value.equals(text.absent()) ? "" : value);
            case Zone ignored -> throw new IllegalStateException("writes two options");
            case Numeric number -> new UciChange.SetOption(id, option, value.equals(number.absent()) ? "" : value);
            case Flag flag -> new UciChange.SetOption(id, option, value.equals("true") != flag.inverted() ? "1" : "0");
            case Choice choice ->
                new UciChange.SetOption(id, option, Choices.written(choice, section.text(option), value));
            case Items ignored ->
                new UciChange.SetItems(id, option, value.isEmpty() ? List.of() : List.of(value.split(",")));
            case Padded ignored -> new UciChange.SetOption(id, option, value.strip());
            case Row ignored ->
                new UciChange.SetOption(id, option, rows.section(value).orElse(""));
            case Foremost foremost ->
                new UciChange.SetItems(id, option, foremost.written(section.items(option), value, rows));
            case Is is ->
                new UciChange.SetOption(id, option, value.equals("true") ? is.word() : others.apply(is.otherwise()));
            case Words words -> new UciChange.SetOption(id, option, value.equals(words.so()) ? "1" : "0");
            case RangeEnd end -> {
                String other = others.apply(end.other());
                yield new UciChange.SetOption(
                        id, option, end.upper() ? Ranges.written(other, value) : Ranges.written(value, other));
            }
            case Seconds ignored -> new UciChange.SetOption(id, option, Durations.written(value));
            case Zoned zoned -> new UciChange.SetOption(id, option, zoned.zone().written(value, rows));
            case Equal equal ->
                new UciChange.SetOption(
                        id,
                        option,
                        value.equals(equal.so())
                                ? equal.word()
                                : section.text(option)
                                        .filter(present -> !present.equals(equal.word()))
                                        .orElse(""));
            case Part part -> new UciChange.SetOption(id, option, part.part().written(value, others));
            case Position ignored -> throw new IllegalStateException("stands in no option");
            case Radio radio ->
                new UciChange.SetOption(id, option, radio.mode().written(section, option, value, others));
            case Same ignored -> throw new IllegalStateException("is never written");
            case CodePoint point -> new UciChange.SetOption(id, option, point.written(value));
            case Scaled scaled -> new UciChange.SetOption(id, option, scaled.written(value));
            case Tagged tagged ->
                new UciChange.SetItems(id, option, Tags.written(section.items(option), tagged.tag(), value));
            case HostAddress ignored -> throw new IllegalStateException("writes two options");
            case Subnet ignored -> throw new IllegalStateException("writes two options");
            case Naming ignored -> throw new IllegalStateException("names rows");
        };
    }

    /// Words with something behind a `+`.
    final class Choices {
        private Choices() {}

        static String base(String text) {
            int plus = text.indexOf('+');
            return plus < 0 ? text : text.substring(0, plus);
        }

        static String written(Choice choice, Optional<String> present, String value) {
            String word = choice.words().get(value);
            if (word == null && !value.isEmpty()) {
                throw new UspException(StandardErrorCode.INVALID_VALUE, "the configuration has no word for " + value);
            }
            return word == null
                    ? ""
                    : present.filter(text -> base(text).equals(word)).orElse(word);
        }
    }
}
