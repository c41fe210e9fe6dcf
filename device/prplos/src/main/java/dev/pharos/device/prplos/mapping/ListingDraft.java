// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A listing of which not all lines are read.
final class ListingDraft {
    private static final String HEAD = "rows NAME. of TABLE in OBJECT METHOD at PATH news WORD ...";

    private final Mapping.Table table;
    private final String name;
    private final Optional<Listing.Source> source;
    private final Wrong wrong;
    private final int line;
    private final ReadingReader readings;
    private final Set<String> named = new HashSet<>();
    private final List<Observed> keys = new ArrayList<>();
    private final List<Observed> parameters = new ArrayList<>();
    private @Nullable Fixed fixed;
    private Listing.@Nullable Only only;
    private Network.@Nullable Within within;
    private final List<Reference> unless = new ArrayList<>();
    private final List<Each> tables = new ArrayList<>();

    /// A table beneath of which not all lines are read.
    private record Each(
            String name, State.Path at, List<Observed> keys, List<Observed> parameters, List<Listing.Only> only) {}

    private ListingDraft(Mapping.Table table, String name, Optional<Listing.Source> source, int line, Wrong wrong) {
        this.table = table;
        this.name = name;
        this.source = source;
        this.line = line;
        this.wrong = wrong;
        this.readings = new ReadingReader(wrong);
    }

    static ListingDraft begin(List<String> words, List<Mapping.Table> tables, int line, Wrong wrong)
            throws MappingFormatException {
        int size = words.size();
        boolean whole = size >= 4
                && words.get(1).matches("(\\w+\\.)+")
                && words.get(2).equals("of")
                && (size == 4
                        || (size >= 9
                                && words.get(4).equals("in")
                                && words.get(7).equals("at")
                                && words.get(8).matches(State.Path.GRAMMAR)
                                && (size == 9 || (size > 10 && words.get(9).equals("news")))));
        Wrong.unless(whole, HEAD, wrong);
        Mapping.Table table = tables.stream()
                .filter(above -> above.path().equals(words.get(3)))
                .findFirst()
                .orElseThrow(() -> wrong.because("expected: a table above in place of " + words.get(3)));
        Optional<Listing.Source> source = size == 4
                ? Optional.empty()
                : Optional.of(new Listing.Source(
                        new State.Question(words.get(5), words.get(6)),
                        State.Path.parse(words.get(8)),
                        size > 9 ? Set.copyOf(words.subList(10, size)) : Set.of()));
        return new ListingDraft(table, words.get(1), source, line, wrong);
    }

    int line() {
        return line;
    }

    void line(List<String> words) throws MappingFormatException {
        if (words.getFirst().equals("each")) {
            Wrong.unless(
                    words.size() == 4
                            && words.get(1).matches("\\w+\\.")
                            && words.get(2).equals("at")
                            && tables.stream().noneMatch(each -> each.name().equals(words.get(1))),
                    "each NAME. at PATH, once",
                    wrong);
            tables.add(new Each(
                    words.get(1),
                    readings.path(words.get(3)),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>()));
        } else if (tables.isEmpty()) {
            ofRow(words);
        } else {
            ofTable(tables.getLast(), words);
        }
    }

    private void ofTable(Each table, List<String> words) throws MappingFormatException {
        if (words.getFirst().equals("only")) {
            Wrong.unless(table.only().isEmpty(), "only PATH FAMILY, once", wrong);
            table.only().add(only(words));
            return;
        }
        boolean key = words.getFirst().equals("key");
        Observed observed = observed(table.name(), key ? words.subList(1, words.size()) : words, false);
        Wrong.unless(
                !observed.isAsked() && !(key && observed.live()),
                "what the element itself has, and no live key",
                wrong);
        (key ? table.keys() : table.parameters()).add(observed);
    }

    private void ofRow(List<String> words) throws MappingFormatException {
        switch (words.getFirst()) {
            case "fixed", "items" -> fixed = fixed(words);
            case "unless" -> {
                Wrong.unless(unless.isEmpty() && words.size() > 1, "unless TABLE.PARAMETER or ..., once", wrong);
                unless.addAll(readings.references(words.subList(1, words.size())));
            }
            case "only" -> {
                Wrong.unless(only == null, "only PATH FAMILY, once", wrong);
                only = only(words);
            }
            case "within" -> {
                Wrong.unless(within == null && words.size() == 4, "within OPTION PACKAGE OPTION, once", wrong);
                within = new Network.Within(words.get(1), words.get(2), words.get(3));
            }
            case "key" -> {
                Observed key = observed("", words.subList(1, words.size()), true);
                Wrong.unless(!key.live() && !key.isAsked(), "a key that the list itself has, and not live", wrong);
                keys.add(key);
            }
            default -> parameters.add(observed("", words, false));
        }
    }

    private Listing.Only only(List<String> words) throws MappingFormatException {
        Wrong.unless(words.size() == 3, "only PATH FAMILY", wrong);
        return new Listing.Only(readings.path(words.get(1)), Family.of(words.get(2), wrong));
    }

    /// @param beneath the name of the table that it is in, with trailing dot, where it is beneath
    /// @param key whether it tells elements apart
    private Observed observed(String beneath, List<String> words, boolean key) throws MappingFormatException {
        boolean other = words.size() >= 5 && words.get(1).equals("~");
        Wrong.unless(
                words.size() >= 3
                        && words.getFirst().matches("\\w+(\\.\\w+)*")
                        && (other || words.get(1).equals("=")),
                "key PARAMETER = ..., PARAMETER = ..., or PARAMETER ~ OBJECT METHOD ...",
                wrong);
        Wrong.unless(named.add(beneath + words.getFirst()), words.getFirst() + " once only", wrong);
        int start = other ? 4 : 2;
        boolean live = words.get(start).equals("live");
        List<String> reading = words.subList(live ? start + 1 : start, words.size());
        return new Observed(
                words.getFirst(),
                other ? new State.Question(words.get(2), words.get(3)) : State.Question.NOBODY,
                other ? readings.told(reading) : key ? readings.ofKey(reading) : readings.ofElement(reading),
                live,
                Observed.When.ALWAYS);
    }

    private Fixed fixed(List<String> words) throws MappingFormatException {
        if (fixed == null && words.size() >= 3 && words.get(1).equals("sections")) {
            return sections(words.subList(2, words.size()));
        }
        if (fixed == null
                && words.size() >= 5
                && words.get(1).equals("members")
                && words.get(3).equals("of")) {
            return new FixedMembers(words.get(2), sections(words.subList(4, words.size())));
        }
        boolean written = words.getFirst().equals("fixed");
        int items = words.indexOf("items");
        if (fixed == null && items == (written ? 1 : 0) && words.size() == items + 3) {
            return new FixedItems(words.get(items + 1), Family.of(words.get(items + 2), wrong), written);
        }
        Wrong.unless(
                fixed == null
                        && words.size() >= 8
                        && words.get(1).equals("addresses")
                        && words.get(4).equals("when")
                        && words.get(6).equals("is"),
                "fixed addresses OPTION OPTION when OPTION is VALUE or VALUE, fixed items OPTION FAMILY, "
                        + "fixed sections TYPE [with OPTION as OPTION], fixed members OPTION of TYPE [with OPTION as OPTION], "
                        + "or items OPTION FAMILY, once",
                wrong);
        return new FixedAddresses(
                words.get(2),
                words.get(3),
                new Observed.When(words.get(5), MappingReader.values(words.subList(7, words.size()))));
    }

    private FixedSections sections(List<String> words) throws MappingFormatException {
        boolean owned =
                words.size() == 5 && words.get(1).equals("with") && words.get(3).equals("as");
        Wrong.unless(owned || words.size() == 1, "TYPE, or TYPE with OPTION as OPTION", wrong);
        return new FixedSections(
                words.getFirst(),
                owned ? Optional.of(new FixedSections.Owner(words.get(2), words.getLast())) : Optional.empty());
    }

    Listing end(Wrong atHead) throws MappingFormatException {
        if (keys.isEmpty()) {
            throw atHead.because("the rows have no key");
        }
        List<Beneath> beneath = new ArrayList<>();
        for (Each each : tables) {
            if (each.keys().isEmpty()) {
                throw atHead.because("the rows of " + each.name() + " have no key");
            }
            beneath.add(new Beneath(
                    each.name(),
                    each.at(),
                    new Keyed(each.keys(), each.only().stream().findFirst(), false),
                    each.parameters()));
        }
        Listing listing = new Listing(
                table,
                name,
                line,
                source,
                new Listing.Content(
                        keys, parameters, Optional.ofNullable(only), unless, Optional.ofNullable(within), beneath),
                Optional.ofNullable(fixed));
        Wrong.unless(
                !(fixed instanceof FixedAddresses) || listing.mask().isPresent(),
                "fixed addresses with a parameter of a mask",
                atHead);
        Wrong.unless(
                !(fixed instanceof FixedItems && listing.isElsewhere() && listing.isWritten())
                        || listing.holder().isPresent(),
                "fixed items elsewhere with a parameter of the holder",
                atHead);
        boolean members = fixed instanceof FixedMembers;
        Wrong.unless(
                !members
                        || (!listing.isElsewhere()
                                && keys.size() == 2
                                && keys.stream().allMatch(key -> key.reading() instanceof Observed.Reading.Referring)),
                "fixed members beneath a row, with the keys row NAME.PARAMETER at PATH and row NAME.PARAMETER at member",
                atHead);
        Wrong.unless(
                members || keys.stream().noneMatch(key -> key.reading() instanceof Observed.Reading.Referring),
                "a key that is no row, without fixed members",
                atHead);
        Wrong.unless(beneath.isEmpty() || fixed == null, "each beneath what a daemon lists", atHead);
        Wrong.unless(source.isPresent() || fixed != null, "rows in OBJECT METHOD, or fixed items", atHead);
        return listing;
    }
}
