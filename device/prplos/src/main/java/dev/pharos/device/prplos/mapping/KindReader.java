// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads how a value stands in an option.
final class KindReader {
    private final Set<String> paths;
    private final Wrong wrong;

    /// @param paths of the tables that were read so far
    KindReader(Set<String> paths, Wrong wrong) {
        this.paths = paths;
        this.wrong = wrong;
    }

    private void must(boolean condition, String expected) throws MappingFormatException {
        Wrong.unless(condition, expected, wrong);
    }

    int number(String word) throws MappingFormatException {
        must(word.matches("[0-9]{1,6}"), "a number in place of " + word);
        return Integer.parseInt(word);
    }

    /// @param words the kind and what is behind it
    Conversion read(List<String> words) throws MappingFormatException {
        List<String> arguments = words.subList(1, words.size());
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        return switch (words.getFirst()) {
            case "text" -> with(new Conversion.Text(first), arguments.size() <= 1);
            case "network", "mask" -> {
                must(
                        arguments.size() == 4
                                && first.equals("with")
                                && arguments.get(2).equals("in"),
                        words.getFirst() + " with PARAMETER in OPTION");
                yield new Conversion.Subnet(
                        new SubnetPart(words.getFirst().equals("mask"), arguments.get(1), arguments.get(3)));
            }
            case "list" -> with(new Conversion.Items(), arguments.isEmpty());
            case "number" -> with(new Conversion.Numeric(first), arguments.size() <= 1);
            case "flag" -> with(new Conversion.Flag(false, first.equals("true")), arguments.size() <= 1);
            case "inverted" -> with(new Conversion.Flag(true, first.equals("true")), arguments.size() <= 1);
            case "zone" -> {
                must(arguments.size() == 2 && first.equals("clearing"), "zone clearing OPTION");
                yield new Conversion.Zone(arguments.get(1));
            }
            case "padded" -> with(new Conversion.Padded(number(first)), arguments.size() == 1);
            case "row" -> with(new Conversion.Row(known(first)), arguments.size() == 1);
            case "foremost" -> {
                must(arguments.size() == 2 && first.equals("row"), "foremost row PATH");
                yield new Conversion.Foremost(known(arguments.get(1)));
            }
            case "is" -> {
                must(arguments.size() == 3 && arguments.get(1).equals("else"), "is WORD else PARAMETER");
                yield new Conversion.Is(first, arguments.get(2));
            }
            case "naming" -> naming(arguments);
            case "choice" -> choice(arguments);
            case "words" -> {
                must(
                        arguments.size() == 3 && arguments.subList(0, 2).contains(arguments.get(2)),
                        "words SO ELSE ABSENT, the last being one of both");
                yield new Conversion.Words(first, arguments.get(1), arguments.get(2));
            }
            case "standards", "width" -> {
                must(
                        arguments.size() == 4
                                && first.equals("with")
                                && arguments.get(2).equals("in"),
                        words.getFirst() + " with PARAMETER in OPTION");
                yield new Conversion.Radio(
                        new HtMode(words.getFirst().equals("width"), arguments.get(1), arguments.get(3)));
            }
            case "same" -> with(new Conversion.Same(first), arguments.size() == 1);
            case "dscp" -> with(new Conversion.CodePoint(first), arguments.size() == 1);
            case "scaled" -> with(new Conversion.Scaled(number(first), arguments.getLast()), arguments.size() == 2);
            case "seconds" -> with(new Conversion.Seconds(first), arguments.size() <= 1);
            case "tagged" -> with(new Conversion.Tagged(number(first)), arguments.size() == 1);
            case "from", "to" -> {
                boolean upper = words.getFirst().equals("to");
                must(
                        (arguments.size() == 2 || arguments.size() == 3) && first.equals(upper ? "from" : "to"),
                        "from to PARAMETER [NONE], or to from PARAMETER [NONE]");
                yield new Conversion.RangeEnd(
                        upper, arguments.get(1), arguments.size() == 3 ? arguments.getLast() : "0");
            }
            case "address", "prefix" -> {
                must(arguments.size() == 2 && first.equals("with"), words.getFirst() + " with PARAMETER");
                yield new Conversion.Part(new PrefixPart(words.getFirst().equals("prefix"), arguments.get(1)));
            }
            case "equal" -> {
                must(arguments.size() == 1 || arguments.size() == 3, "equal WORD, or equal WORD SO ELSE");
                yield arguments.size() == 1
                        ? new Conversion.Equal(first, "true", "false")
                        : new Conversion.Equal(first, arguments.get(1), arguments.get(2));
            }
            case "in" -> {
                must(arguments.size() == 6 && arguments.get(4).equals("row"), "in PACKAGE TYPE OPTION LIST row PATH");
                yield new Conversion.Zoned(new ZoneOf(
                        first, arguments.get(1), arguments.get(2), arguments.get(3), known(arguments.getLast())));
            }
            case "first", "last" -> {
                boolean last = words.getFirst().equals("last");
                must(
                        arguments.size() == 5
                                && first.equals(last ? "from" : "to")
                                && arguments.get(2).equals("in"),
                        "first to PARAMETER in PACKAGE OPTION, or last from PARAMETER in PACKAGE OPTION");
                yield new Conversion.HostAddress(
                        new PoolEnd(last, arguments.get(1), arguments.get(3), arguments.get(4)));
            }
            default -> throw wrong.because("not a kind: " + words.getFirst());
        };
    }

    private Conversion naming(List<String> arguments) throws MappingFormatException {
        boolean many = !arguments.isEmpty() && arguments.getFirst().equals("all");
        List<String> tables = arguments.subList(many ? 1 : 0, arguments.size());
        must(!tables.isEmpty(), "naming [all] TABLE.PARAMETER or TABLE.PARAMETER");
        return new Conversion.Naming(new ReadingReader(wrong).references(tables), many);
    }

    private Conversion with(Conversion conversion, boolean whole) throws MappingFormatException {
        must(whole, "fewer or more words behind the kind");
        return conversion;
    }

    /// A table above this line.
    String known(String table) throws MappingFormatException {
        must(paths.contains(table), "a table above in place of " + table);
        return table;
    }

    private Conversion choice(List<String> arguments) throws MappingFormatException {
        Map<String, String> words = new LinkedHashMap<>();
        String absent = "";
        for (int index = 0; index < arguments.size(); index++) {
            String word = arguments.get(index);
            int equals = word.indexOf('=');
            if (word.equals("absent") && index == arguments.size() - 2) {
                absent = arguments.get(++index);
            } else {
                must(equals > 0, "MODEL=UCI in place of " + word);
                words.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        must(absent.isEmpty() || words.containsKey(absent), "one of the words in place of " + absent);
        return new Conversion.Choice(words, absent);
    }
}
