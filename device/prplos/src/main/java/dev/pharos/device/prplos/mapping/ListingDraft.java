// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A listing of which not all lines are read.
final class ListingDraft {
    private static final String HEAD = "rows NAME. of TABLE in OBJECT METHOD at PATH news WORD ...";

    private final Mapping.Table table;
    private final String name;
    private final Listing.Source source;
    private final int line;
    private final Map<String, Observed> parameters = new LinkedHashMap<>();
    private @Nullable Observed key;
    private @Nullable FixedAddresses fixed;

    private ListingDraft(Mapping.Table table, String name, Listing.Source source, int line) {
        this.table = table;
        this.name = name;
        this.source = source;
        this.line = line;
    }

    static ListingDraft begin(List<String> words, List<Mapping.Table> tables, int line, Wrong wrong)
            throws MappingFormatException {
        boolean news = words.size() > 9;
        boolean whole = words.size() >= 9
                && words.get(1).matches("\\w+\\.")
                && words.get(2).equals("of")
                && words.get(4).equals("in")
                && words.get(7).equals("at")
                && words.get(8).matches(State.Path.GRAMMAR)
                && (!news || (words.size() > 10 && words.get(9).equals("news")));
        Wrong.unless(whole, HEAD, wrong);
        Mapping.Table table = tables.stream()
                .filter(above -> above.path().equals(words.get(3)))
                .findFirst()
                .orElseThrow(() -> wrong.because("expected: a table above in place of " + words.get(3)));
        return new ListingDraft(
                table,
                words.get(1),
                new Listing.Source(
                        new State.Question(words.get(5), words.get(6)),
                        State.Path.parse(words.get(8)),
                        news ? Set.copyOf(words.subList(10, words.size())) : Set.of()),
                line);
    }

    int line() {
        return line;
    }

    void line(List<String> words, Wrong wrong) throws MappingFormatException {
        if (words.getFirst().equals("fixed")) {
            fixed = fixed(words, wrong);
            return;
        }
        boolean isKey = words.getFirst().equals("key");
        List<String> rest = isKey ? words.subList(1, words.size()) : words;
        Wrong.unless(
                rest.size() >= 3
                        && rest.getFirst().matches("\\w+(\\.\\w+)*")
                        && rest.get(1).equals("="),
                "key PARAMETER = ..., or PARAMETER = ...",
                wrong);
        boolean live = rest.get(2).equals("live");
        Observed observed = new Observed(
                rest.getFirst(),
                source.question(),
                reading(rest.subList(live ? 3 : 2, rest.size()), wrong),
                live,
                Observed.When.ALWAYS);
        if (isKey) {
            Wrong.unless(key == null && !live, "one key, which is not live", wrong);
            key = observed;
        } else {
            Wrong.unless(
                    parameters.put(observed.parameter(), observed) == null, observed.parameter() + " once only", wrong);
        }
    }

    private FixedAddresses fixed(List<String> words, Wrong wrong) throws MappingFormatException {
        Wrong.unless(
                fixed == null
                        && words.size() >= 8
                        && words.get(1).equals("addresses")
                        && words.get(4).equals("when")
                        && words.get(6).equals("is"),
                "fixed addresses OPTION OPTION when OPTION is VALUE or VALUE, once",
                wrong);
        return new FixedAddresses(
                words.get(2),
                words.get(3),
                new Observed.When(words.get(5), MappingReader.values(words.subList(7, words.size()))));
    }

    private Observed.Reading reading(List<String> words, Wrong wrong) throws MappingFormatException {
        if (words.size() >= 3 && words.getFirst().equals("configured")) {
            return new Observed.Reading.Configured(
                    words.get(1), new KindReader(Set.of(), wrong).read(words.subList(2, words.size())));
        }
        return told(words, wrong);
    }

    /// What a daemon tells.
    static Observed.Reading told(List<String> words, Wrong wrong) throws MappingFormatException {
        String kind = words.isEmpty() ? "" : words.getFirst();
        if (kind.equals("name") && words.size() == 1) {
            return new Observed.Reading.Name();
        }
        if (words.size() == 2) {
            State.Path path = path(words.get(1), wrong);
            switch (kind) {
                case "value" -> {
                    return new Observed.Reading.Value(path);
                }
                case "all" -> {
                    return new Observed.Reading.All(path);
                }
                case "mask" -> {
                    return new Observed.Reading.Mask(path);
                }
                default -> {}
            }
        }
        int end = words.indexOf("else");
        Wrong.unless(
                kind.equals("first") && end >= 2 && end == words.size() - 2,
                "name, value PATH, all PATH, mask PATH, first WORD=PATH ... else WORD, or configured OPTION KIND",
                wrong);
        List<State.Word> first = new ArrayList<>();
        for (String word : words.subList(1, end)) {
            int equals = word.indexOf('=');
            Wrong.unless(equals > 0, "WORD=PATH in place of " + word, wrong);
            first.add(new State.Word(word.substring(0, equals), path(word.substring(equals + 1), wrong)));
        }
        return new Observed.Reading.First(first, words.getLast());
    }

    private static State.Path path(String word, Wrong wrong) throws MappingFormatException {
        Wrong.unless(word.matches(State.Path.GRAMMAR), "a path in place of " + word, wrong);
        return State.Path.parse(word);
    }

    Listing end(Wrong wrong) throws MappingFormatException {
        Observed apart = key;
        if (apart == null) {
            throw wrong.because("the rows have no key");
        }
        Listing listing =
                new Listing(table, name, source, apart, List.copyOf(parameters.values()), Optional.ofNullable(fixed));
        Wrong.unless(fixed == null || listing.mask().isPresent(), "fixed addresses with a parameter of a mask", wrong);
        return listing;
    }
}
