// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.mapping.Observed.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads how a value is found in what a daemon tells.
record ReadingReader(Wrong wrong) {
    /// The words with which a reading begins that says something of a section, rather than of an element of a list.
    static final Set<String> OF_SECTIONS = Set.of("value", "all", "mask", "row");

    private static final String KINDS =
            "name, value PATH [without WORD] [else WORD], all PATH, mask PATH, prefix PATH PATH, time PATH, until PATH, "
                    + "alias PATH, marked LETTER or LETTER, absent TYPE OPTION=VALUE ..., "
                    + "word WORD, holder, row TABLE.PARAMETER or ... [at PATH or PATH], first WORD=PATH ... else WORD, "
                    + "or configured OPTION KIND";

    /// @param words what is behind the parameter, in a list
    Reading ofElement(List<String> words) throws MappingFormatException {
        if (words.size() >= 3 && words.getFirst().equals("configured")) {
            return new Reading.Configured(
                    words.get(1), new KindReader(Set.of(), wrong).read(words.subList(2, words.size())));
        }
        if (words.size() >= 3
                && words.getFirst().equals("absent")
                && words.stream().skip(2).allMatch(word -> word.matches("\\w+=.+"))) {
            Map<String, String> options = new LinkedHashMap<>();
            words.stream()
                    .skip(2)
                    .forEach(word ->
                            options.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
            return new Reading.Absent(words.get(1), options);
        }
        if (words.equals(List.of("holder"))) {
            return new Reading.Holder();
        }
        return told(words);
    }

    /// @param words what is behind what tells elements of a list apart, which may be rows of a table beside it
    Reading ofKey(List<String> words) throws MappingFormatException {
        return words.getFirst().equals("row")
                ? referring(words, Reference.BESIDE).orElseThrow(() -> wrong.because("expected: " + KINDS))
                : ofElement(words);
    }

    /// @param words what is behind the parameter
    Reading told(List<String> words) throws MappingFormatException {
        String kind = words.isEmpty() ? "" : words.getFirst();
        int size = words.size();
        Optional<Reading> found = switch (kind) {
            case "name" -> size == 1 ? Optional.of(new Reading.Name()) : Optional.empty();
            case "word" -> size == 2 ? Optional.of(new Reading.Constant(words.get(1))) : Optional.empty();
            case "value" -> value(words);
            case "all" -> size == 2 ? Optional.of(new Reading.All(path(words.get(1)))) : Optional.empty();
            case "time" -> size == 2 ? Optional.of(new Reading.Time(path(words.get(1)))) : Optional.empty();
            case "until" -> size == 2 ? Optional.of(new Reading.Until(path(words.get(1)))) : Optional.empty();
            case "alias" -> size == 2 ? Optional.of(new Reading.Alias(path(words.get(1)))) : Optional.empty();
            case "marked" ->
                size == 4
                                && words.get(2).equals("or")
                                && words.get(1).matches("[a-z]")
                                && words.get(3).matches("[a-z]")
                        ? Optional.of(new Reading.Marked(words.get(1), words.get(3)))
                        : Optional.empty();
            case "mask" -> size == 2 ? Optional.of(new Reading.Mask(path(words.get(1)))) : Optional.empty();
            case "prefix" ->
                size == 3 ? Optional.of(new Reading.Prefix(path(words.get(1)), path(words.get(2)))) : Optional.empty();
            case "row" -> referring(words, Reference.GRAMMAR);
            case "first" -> first(words);
            default -> Optional.empty();
        };
        return found.orElseThrow(() -> wrong.because("expected: " + KINDS));
    }

    private Optional<Reading> value(List<String> words) throws MappingFormatException {
        int without = words.indexOf("without");
        int otherwise = words.indexOf("else");
        int size = 2 + (without > 0 ? 2 : 0) + (otherwise > 0 ? 2 : 0);
        if (words.size() != size || without > 2) {
            return Optional.empty();
        }
        return Optional.of(new Reading.Value(
                path(words.get(1)),
                without > 0 ? words.get(without + 1) : "",
                otherwise > 0 ? words.get(otherwise + 1) : ""));
    }

    private Optional<Reading> referring(List<String> words, String grammar) throws MappingFormatException {
        int at = words.indexOf("at");
        if (words.size() < 2 || at == 1 || at == words.size() - 1) {
            return Optional.empty();
        }
        List<State.Path> paths = new ArrayList<>();
        for (String word : at < 0 ? List.<String>of() : words.subList(at + 1, words.size())) {
            if (!word.equals("or")) {
                paths.add(path(word));
            }
        }
        return Optional.of(new Reading.Referring(
                references(words.subList(1, at < 0 ? words.size() : at), grammar), paths));
    }

    /// @param words with `or` between
    List<Reference> references(List<String> words) throws MappingFormatException {
        return references(words, Reference.GRAMMAR);
    }

    private List<Reference> references(List<String> words, String grammar) throws MappingFormatException {
        List<Reference> tables = new ArrayList<>();
        for (String word : words) {
            if (!word.equals("or")) {
                Wrong.unless(word.matches(grammar), "TABLE.PARAMETER in place of " + word, wrong);
                tables.add(Reference.parse(word));
            }
        }
        return tables;
    }

    private Optional<Reading> first(List<String> words) throws MappingFormatException {
        int end = words.indexOf("else");
        if (end < 2 || end != words.size() - 2) {
            return Optional.empty();
        }
        return Optional.of(new Reading.First(words(words.subList(1, end)), words.getLast()));
    }

    /// @param words each as `WORD=PATH`
    List<State.Word> words(List<String> words) throws MappingFormatException {
        List<State.Word> first = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            Wrong.unless(equals > 0, "WORD=PATH in place of " + word, wrong);
            List<State.Path> paths = new ArrayList<>();
            for (String path : word.substring(equals + 1).split("&", -1)) {
                Wrong.unless(path.matches(State.Path.GRAMMAR), "WORD=PATH in place of " + word, wrong);
                paths.add(path(path));
            }
            first.add(new State.Word(word.substring(0, equals), paths));
        }
        return first;
    }

    State.Path path(String word) throws MappingFormatException {
        Wrong.unless(word.matches(State.Path.GRAMMAR), "a path in place of " + word, wrong);
        return State.Path.parse(word);
    }
}
