// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.device.prplos.uci.UciValue;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What management writes in one message of rows that are items of lists, as changes of UCI. Rows that others give are
/// not written.
final class ListedChanges {
    private final Mapping mapping;
    private final ListedRows listed;
    private final Plan plan;
    private final ChangeSet changes;
    private final Set<String> gone = new HashSet<>();

    ListedChanges(Mapping mapping, ListedRows listed, Plan plan, ChangeSet changes) {
        this.mapping = mapping;
        this.listed = listed;
        this.plan = plan;
        this.changes = changes;
        for (Change change : changes.changes()) {
            if (change instanceof Change.RowDeleted(String row)) {
                gone.add(row);
            }
        }
    }

    /// @throws UspException where a row changes that others give
    void mustBeOfManagement() {
        for (Change change : changes.changes()) {
            listed.place(change.path())
                    .filter(place -> !isConfigured(place) && !follows(change) && !isSwitch(place, change))
                    .ifPresent(place -> {
                        throw new UspException(
                                change instanceof Change.RowDeleted
                                        ? StandardErrorCode.DELETE_FAILURE
                                        : StandardErrorCode.INVALID_VALUE,
                                change.path() + " is what others give, and nothing of management");
                    });
        }
    }

    /// Whether a row changes only because another goes: one that it is beneath, or leads to.
    private boolean follows(Change change) {
        return switch (change) {
            case Change.ValueChanged changed -> isLess(changed);
            case Change.RowDeleted(String row) -> gone.stream().anyMatch(other -> isBeneath(row, other));
            case Change.RowAdded ignored -> false;
        };
    }

    /// Whether a value lost the rows that go, and nothing else.
    private boolean isLess(Change.ValueChanged changed) {
        List<String> left = Stream.of(changed.before().split(","))
                .filter(row -> !gone.contains(row + "."))
                .toList();
        return !changed.before().equals(changed.after()) && changed.after().equals(String.join(",", left));
    }

    /// Whether it is a parameter that says whether there is a section, whoever gives the row.
    private static boolean isSwitch(ListedRows.Place place, Change change) {
        return change instanceof Change.ValueChanged
                && place.listing().switches().stream()
                        .anyMatch(each -> change.path().endsWith("." + each.parameter()));
    }

    /// Makes and deletes the sections that parameters are about.
    private void switches(Listing listing, Observed each, Observed.Reading.Absent absent) {
        String packageName = listing.table().packageName();
        for (Change change : changes.changes()) {
            Optional<ListedRows.Place> place =
                    change instanceof Change.ValueChanged && change.path().endsWith("." + each.parameter())
                            ? listed.place(change.path())
                                    .filter(known -> known.listing().equals(listing))
                            : Optional.empty();
            if (place.isPresent() && change instanceof Change.ValueChanged changed) {
                String name = place.get().key();
                List<UciSection> saying = listing.saying(absent, name, plan.packages());
                if (changed.after().equals("true")) {
                    saying.forEach(section -> plan.delete(packageName, section.id()));
                } else if (saying.isEmpty()) {
                    Map<String, UciValue> options = new LinkedHashMap<>();
                    absent.options(name).forEach((option, value) -> options.put(option, new UciValue.Text(value)));
                    plan.add(
                            packageName,
                            new UciSection(plan.free(packageName, absent.type()), absent.type(), false, options));
                }
            }
        }
    }

    private static boolean isBeneath(String row, String other) {
        return row.length() > other.length() && row.startsWith(other);
    }

    private boolean isConfigured(ListedRows.Place place) {
        Mapping.Table table = place.listing().table();
        return plan.before(table.packageName(), place.section())
                .filter(section -> place.listing().isWritten()
                        && place.listing().configured(section, plan.packages()).containsKey(place.key()))
                .isPresent();
    }

    /// Has the lists of all sections say what their rows do.
    void write() {
        for (Listing listing : mapping.listings()) {
            if (listing.fixed().orElse(null) instanceof FixedSections sections) {
                sections(listing, sections);
            }
            for (Observed each : listing.switches()) {
                if (each.reading() instanceof Observed.Reading.Absent absent) {
                    switches(listing, each, absent);
                }
            }
            if (listing.fixed().orElse(null) instanceof FixedMembers members) {
                new MemberChanges(listing, members, listed, plan, changes.after())
                        .write(changes.changes(), this::follows);
            }
            if (listing.fixed().orElse(null) instanceof FixedItems items && items.isWritten()) {
                for (String section : touched(listing)) {
                    plan.section(listing.table().packageName(), section)
                            .ifPresent(present -> write(listing, items, present));
                }
            }
        }
    }

    /// The sections of which rows change.
    private Set<String> touched(Listing listing) {
        Set<String> sections = new LinkedHashSet<>();
        for (Change change : changes.changes()) {
            String table = tableOf(listing, change.path());
            if (!table.isEmpty() && !follows(change)) {
                String row = change.path().substring(0, change.path().indexOf('.', table.length()) + 1);
                listed.place(row)
                        .filter(place -> place.listing().equals(listing))
                        .ifPresent(place -> sections.add(place.section()));
                changes.after().object(row).ifPresent(after -> sections.add(section(listing, table, after)));
            }
        }
        return sections;
    }

    /// The table of this listing that a path leads into; empty where it leads elsewhere.
    static String tableOf(Listing listing, String path) {
        if (listing.isElsewhere()) {
            return path.startsWith(listing.name()) ? listing.name() : "";
        }
        String above = listing.table().path();
        if (!path.startsWith(above)) {
            return "";
        }
        int end = listing.table().isSingle() ? above.length() : path.indexOf('.', above.length()) + 1;
        return end > 0 && path.startsWith(listing.name(), end) ? path.substring(0, end) + listing.name() : "";
    }

    /// The section that has a row.
    private String section(Listing listing, String table, ObjectInstance row) {
        if (listing.table().isSingle()) {
            return plan.single(listing.table()).map(UciSection::id).orElse("");
        }
        String holder = listing.isElsewhere()
                ? listing.holder().flatMap(row::value).orElse("")
                : table.substring(0, table.length() - listing.name().length() - 1);
        return plan.section(holder)
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        row.path() + listing.holder().orElse("") + " must say where it belongs"));
    }

    /// Has the sections that are rows say what these do.
    private void sections(Listing listing, FixedSections fixed) {
        String packageName = listing.table().packageName();
        for (Change change : changes.changes()) {
            String table = tableOf(listing, change.path());
            boolean goesAlong = fixed.owner().isPresent() && change instanceof Change.RowDeleted;
            if (table.isEmpty() || (follows(change) && !goesAlong)) {
                continue;
            }
            String row = change.path().substring(0, change.path().indexOf('.', table.length()) + 1);
            Optional<String> known = listed.place(row)
                    .flatMap(place -> plan.before(packageName, place.section())
                            .flatMap(holder -> listing.sectionOf(place.key(), holder, plan.packages())));
            switch (change) {
                case Change.RowDeleted(String deleted) -> {
                    if (deleted.equals(row)) {
                        known.ifPresent(id -> plan.delete(packageName, id));
                    }
                }
                case Change.RowAdded added -> {
                    mustBeWithin(listing, table, row);
                    String id = plan.free(packageName, fixed.type());
                    plan.add(packageName, new UciSection(id, fixed.type(), false, Map.of()));
                    plan.isRow(table, id, row);
                    fixed.owner()
                            .flatMap(owner -> plan.section(
                                            packageName,
                                            section(
                                                    listing,
                                                    table,
                                                    changes.after().object(row).orElseThrow()))
                                    .flatMap(holder -> holder.text(owner.named()))
                                    .map(name -> new UciChange.SetOption(id, owner.option(), name)))
                            .ifPresent(set -> plan.set(packageName, set));
                    added.values().forEach((name, value) -> option(listing, id, name, value));
                }
                case Change.ValueChanged changed -> {
                    mustBeWithin(listing, table, row);
                    known.ifPresent(id -> option(listing, id, changed.path().substring(row.length()), changed.after()));
                }
            }
        }
    }

    private void option(Listing listing, String id, String parameter, String value) {
        listing.all().stream()
                .filter(observed -> observed.parameter().equals(parameter))
                .map(FixedSections::option)
                .filter(option -> !option.isEmpty())
                .forEach(option -> plan.set(listing.table().packageName(), new UciChange.SetOption(id, option, value)));
    }

    /// A row must have what tells it apart, and be in the network of its section.
    private void mustBeWithin(Listing listing, String table, String row) {
        ObjectInstance after = changes.after().object(row).orElseThrow();
        Map<String, String> options = new HashMap<>();
        listing.all()
                .forEach(observed -> options.put(
                        FixedSections.option(observed),
                        after.value(observed.parameter()).orElse("")));
        boolean apart = listing.content().only().stream()
                .allMatch(only -> only.family()
                        .holds(options.getOrDefault(only.path().steps().getFirst(), "")));
        String holder = section(listing, table, after);
        boolean within = listing.content().within().stream()
                .allMatch(where -> plan.section(listing.table().packageName(), holder)
                        .flatMap(section -> where.of(section, plan.packages()))
                        .filter(network -> network.holds(options.getOrDefault(where.option(), "")))
                        .isPresent());
        if (!apart || !within) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE,
                    row + " needs its " + listing.keys().getFirst().parameter()
                            + (listing.content().within().isEmpty()
                                    ? ""
                                    : " and an address in the network of the row that it is beneath"));
        }
    }

    private void write(Listing listing, FixedItems items, UciSection section) {
        String key = listing.keys().getFirst().parameter();
        Map<String, ?> fixed = listing.configured(
                plan.before(listing.table().packageName(), section.id()).orElse(section), plan.packages());
        Set<String> now = new HashSet<>(listed.keys(listing, section.id()));
        now.retainAll(fixed.keySet());
        List<String> wanted = rows(listing, section.id())
                .filter(row -> !listed.place(row.path())
                        .filter(place -> !isConfigured(place))
                        .isPresent())
                .map(row -> item(listing, row, key))
                .toList();
        Optional<String> none = wanted.stream()
                .filter(item -> item.isEmpty() || !items.only().holds(item))
                .findFirst();
        if (none.isPresent() || wanted.size() > Limits.LISTED) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE,
                    "a row of " + listing.name() + " needs its "
                            + listing.naming().map(Observed::parameter).orElse(key) + " from the beginning");
        }
        plan.set(listing.table().packageName(), items.written(section, now, wanted));
    }

    /// Gives a row that comes the name of the row that it is called as.
    static void name(Mapping mapping, Transaction device, ObjectInstance row) {
        for (Listing listing : mapping.listings()) {
            String table = tableOf(listing, row.path());
            if (!table.isEmpty()
                    && row.path().indexOf('.', table.length()) == row.path().length() - 1) {
                listing.naming()
                        .flatMap(naming -> named(naming, row, device.snapshot()::value))
                        .ifPresent(name -> device.set(
                                row.path() + listing.keys().getFirst().parameter(), name));
            }
        }
    }

    /// What a row is called in the list: what it was when it was added.
    private String item(Listing listing, ObjectInstance row, String key) {
        Optional<ListedRows.Place> known = listed.place(row.path());
        String said = row.value(key).orElse("");
        Optional<Observed> naming = listing.naming();
        if (naming.isEmpty()) {
            return said;
        }
        known.ifPresent(place -> mustStay(row, naming.get()));
        return known.map(ListedRows.Place::key)
                .orElseGet(() -> named(naming.get(), row, plan::value).orElse(""));
    }

    private void mustStay(ObjectInstance row, Observed naming) {
        String path = row.path() + naming.parameter();
        boolean changes =
                this.changes.changes().stream().anyMatch(change -> change.path().equals(path) && !follows(change));
        if (changes) {
            throw new UspException(StandardErrorCode.NON_WRITEABLE_PARAMETER, path + " is said when the row is added");
        }
    }

    /// The name of the row that a new row is called as; empty where it leads to none.
    ///
    /// @param values of parameters by their paths
    private static Optional<String> named(
            Observed naming, ObjectInstance row, Function<String, Optional<String>> values) {
        return naming.reading() instanceof Observed.Reading.Referring referring
                ? Reference.names(
                                referring.tables(),
                                values,
                                row.value(naming.parameter()).orElse(""))
                        .filter(names -> names.size() == 1)
                        .map(List::getFirst)
                : Optional.empty();
    }

    /// The rows that a section shall have.
    private Stream<ObjectInstance> rows(Listing listing, String section) {
        if (listing.table().isSingle()) {
            return MappedRows.rows(changes.after(), listing.path(listing.table().path())).stream();
        }
        String holder = plan.path(listing.table().path(), section).orElse("");
        return listing.isElsewhere()
                ? MappedRows.rows(changes.after(), listing.name()).stream()
                        .filter(row -> listing.holder().flatMap(row::value).equals(Optional.of(holder)))
                : MappedRows.rows(changes.after(), holder + "." + listing.name()).stream();
    }
}
