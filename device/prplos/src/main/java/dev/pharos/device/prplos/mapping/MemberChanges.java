// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What management writes in one message of rows that are members of lists of sections, as changes of UCI.
///
/// @param after the data model as it will be
record MemberChanges(Listing listing, FixedMembers fixed, ListedRows listed, Plan plan, Snapshot after) {

    /// Which member of which section a row is.
    private record Member(String section, String name) {}

    /// @param follows whether a change is made only because something else goes
    /// @throws UspException where a row says not whose member it is, or would be that of another
    void write(List<Change> changes, Predicate<Change> follows) {
        for (Change change : changes) {
            String table = ListedChanges.tableOf(listing, change.path());
            if (table.isEmpty()) {
                continue;
            }
            String row = change.path().substring(0, change.path().indexOf('.', table.length()) + 1);
            switch (change) {
                case Change.RowDeleted(String deleted) -> {
                    if (deleted.equals(row)) {
                        known(row).ifPresent(this::leave);
                    }
                }
                case Change.RowAdded ignored -> join(row, named(table, row));
                case Change.ValueChanged changed -> {
                    if (isKey(changed.path().substring(row.length()))) {
                        mustFollow(changed, follows);
                        known(row).ifPresent(this::leave);
                    } else {
                        known(row).ifPresent(member -> join(row, member));
                    }
                }
            }
        }
    }

    private boolean isKey(String parameter) {
        return listing.keys().stream().anyMatch(key -> key.parameter().equals(parameter));
    }

    private static void mustFollow(Change.ValueChanged changed, Predicate<Change> follows) {
        if (!follows.test(changed)) {
            throw new UspException(
                    StandardErrorCode.NON_WRITEABLE_PARAMETER, changed.path() + " is said when the row is added");
        }
    }

    /// What a row is that was there before.
    private Optional<Member> known(String row) {
        return listed.place(row)
                .flatMap(place -> plan.before(packageName(), place.section())
                        .map(holder -> listing.configured(holder, plan.packages()))
                        .flatMap(members -> Optional.ofNullable(members.get(place.key())))
                        .flatMap(MemberChanges::member));
    }

    private static Optional<Member> member(UbusTable element) {
        return element.text(FixedMembers.SECTION)
                .flatMap(section -> element.text(FixedMembers.MEMBER).map(name -> new Member(section, name)));
    }

    /// What a row is that comes.
    private Member named(String table, String row) {
        String holder = table.substring(0, table.length() - listing.name().length());
        Optional<String> section = Optional.empty();
        Optional<String> name = Optional.empty();
        for (Observed key : listing.keys()) {
            if (key.reading() instanceof Observed.Reading.Referring reading) {
                String other = after.object(row)
                        .flatMap(added -> value(added, key.parameter()))
                        .orElse("");
                Optional<String> called = Reference.names(reading.beneath(holder), plan::value, other)
                        .filter(names -> names.size() == 1)
                        .map(List::getFirst);
                if (reading.paths().getFirst().steps().equals(List.of(FixedMembers.MEMBER))) {
                    name = called;
                } else {
                    section = called.flatMap(known -> section(other));
                }
            }
        }
        if (section.isEmpty() || name.isEmpty()) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE,
                    row + " needs its " + listing.keys().getFirst().parameter() + " and its "
                            + listing.keys().getLast().parameter() + " from the beginning, beneath the same row");
        }
        return new Member(section.get(), name.get());
    }

    private static Optional<String> value(ObjectInstance row, String parameter) {
        return row.value(parameter).filter(value -> !value.isEmpty());
    }

    /// The section that is a row, which may come in the same message.
    private Optional<String> section(String row) {
        return plan.section(row)
                .or(() -> listed.place(row + ".")
                        .flatMap(place -> plan.before(packageName(), place.section())
                                .flatMap(holder -> place.listing().sectionOf(place.key(), holder, plan.packages()))));
    }

    private void join(String row, Member member) {
        UciSection section = plan.section(packageName(), member.section())
                .orElseThrow(() -> new UspException(StandardErrorCode.INTERNAL_ERROR, row + ": its section is gone"));
        Optional<Observed> marked = FixedMembers.marked(listing);
        if (marked.isPresent() && marked.get().reading() instanceof Observed.Reading.Marked(String so, String other)) {
            boolean is = after.value(row + marked.get().parameter()).equals(Optional.of("true"));
            plan.set(packageName(), fixed.with(section, member.name(), is ? so : other, is ? other : so));
        } else {
            plan.set(packageName(), fixed.with(section, member.name(), "", ""));
        }
    }

    private void leave(Member member) {
        plan.section(packageName(), member.section())
                .ifPresent(section -> plan.set(packageName(), fixed.without(section, member.name())));
    }

    private String packageName() {
        return listing.table().packageName();
    }
}
