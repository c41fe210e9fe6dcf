// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What management writes in one message, as changes of UCI.
final class Wanted {
    private final Mapping mapping;
    private final MappedRows rows;
    private final SupportedDataModel supported;

    Wanted(Mapping mapping, MappedRows rows, SupportedDataModel supported) {
        this.mapping = mapping;
        this.rows = rows;
        this.supported = supported;
    }

    /// @param packages as they are
    /// @throws UspException where values contradict each other, or cannot be written
    Plan of(ChangeSet changes, Map<String, UciPackage> packages) {
        Plan plan = new Plan(rows, packages, changes.after());
        ListedChanges lists = new ListedChanges(mapping, rows.listed(), plan, changes);
        lists.mustBeOfManagement();
        for (Mapping.Table table : mapping.tables()) {
            for (Change change : changes.changes()) {
                if (change instanceof Change.RowAdded added && table.isRow(added.path())) {
                    add(plan, table, added, changes);
                }
            }
        }
        Map<List<String>, UciChange> written = new HashMap<>();
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed) {
                write(plan, changes, changed, written);
            }
        }
        Set<String> gone = new HashSet<>();
        changes.changes().stream()
                .filter(Change.RowDeleted.class::isInstance)
                .forEach(change -> gone.add(change.path()));
        for (Listing listing : mapping.listings()) {
            if (listing.fixed().orElse(null) instanceof FixedAddresses fixed) {
                holders(listing, changes).stream()
                        .filter(holder -> !gone.contains(holder))
                        .forEach(holder -> addresses(plan, listing, fixed, holder, changes));
            }
        }
        lists.write();
        for (Mapping.Table table : mapping.tables().reversed()) {
            for (Change change : changes.changes()) {
                if (change instanceof Change.RowDeleted(String row) && table.isRow(row)) {
                    rows.section(row.substring(0, row.length() - 1)).ifPresent(id -> delete(plan, table, id));
                }
            }
        }
        return plan;
    }

    /// The rows beneath which this list changes.
    private static Set<String> holders(Listing listing, ChangeSet changes) {
        String table = listing.table().path();
        Set<String> holders = new LinkedHashSet<>();
        for (Change change : changes.changes()) {
            int end = end(listing.table(), change.path());
            if (end > table.length() && change.path().startsWith(listing.name(), end)) {
                holders.add(change.path().substring(0, end));
            }
        }
        return holders;
    }

    /// The addresses that a row shall have are those that its section has.
    private void addresses(Plan plan, Listing listing, FixedAddresses fixed, String holder, ChangeSet changes) {
        String id = plan.section(holder.substring(0, holder.length() - 1)).orElse("");
        UciSection section = plan.section(listing.table().packageName(), id)
                .filter(listing::isFixed)
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        holder + listing.name() + " has what others give to it, and nothing of management"));
        String key = listing.keys().getFirst().parameter();
        List<FixedAddresses.Address> addresses = MappedRows.rows(changes.after(), holder + listing.name()).stream()
                .map(row -> new FixedAddresses.Address(
                        row.value(key).orElse(""),
                        listing.mask().flatMap(row::value).orElse("")))
                .toList();
        Set<String> apart = new HashSet<>();
        addresses.forEach(each -> apart.add(each.address()));
        fixed.written(section, addresses)
                .filter(_ -> apart.size() == addresses.size() && addresses.size() <= Limits.LISTED)
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        holder + listing.name() + " needs an " + key + " that no other row has, and a mask for each"))
                .forEach(change -> plan.set(listing.table().packageName(), change));
    }

    /// A row becomes a section, or takes part in that of another row.
    private void add(Plan plan, Mapping.Table table, Change.RowAdded added, ChangeSet changes) {
        String key = added.values().getOrDefault(table.key().name(), "");
        String id = table.ownsSections() ? key : plan.section(key).orElse("");
        if (table.ownsSections()) {
            plan.add(table.packageName(), table.blank(id));
        } else {
            UciSection shared = plan.section(table.packageName(), id)
                    .orElseThrow(() -> new UspException(
                            StandardErrorCode.OBJECT_COULD_NOT_BE_CREATED,
                            added.path() + table.key().name() + " leads to no section"));
            table.content().life().begins().forEach((option, value) -> {
                if (!isSharedSwitch(table, option)) {
                    plan.set(table.packageName(), new UciChange.SetOption(shared.id(), option, value));
                }
            });
        }
        plan.isRow(table.path(), id, added.path());
        for (Mapping.Parameter parameter : table.content().parameters()) {
            String value = added.values().get(parameter.name());
            UciSection section = plan.section(table.packageName(), id).orElseThrow();
            if (value != null && isSaid(table, parameter, section, value, plan)) {
                written(plan, changes, added.path(), section, parameter, value)
                        .forEach(change -> plan.set(table.packageName(), change));
            }
        }
    }

    private static List<UciChange> written(
            Plan plan, ChangeSet changes, String row, UciSection section, Mapping.Parameter parameter, String value) {
        try {
            return parameter
                    .conversion()
                    .written(
                            section,
                            parameter.option(),
                            value,
                            plan,
                            other -> changes.after().value(row + other).orElse(""));
        } catch (UspException refused) {
            throw new UspException(
                    refused.code(),
                    row + parameter.name() + ": " + refused.fault().errMsg());
        }
    }

    /// Whether the section does not mean this anyway. What it says nothing of, and nobody said anything of, is left
    /// to the daemons; and a switch that two rows share can be turned off by a row that comes, not on.
    private boolean isSaid(
            Mapping.Table table, Mapping.Parameter parameter, UciSection section, String value, Plan plan) {
        if (parameter.option().isEmpty() || !isWritable(table, parameter)) {
            return false;
        }
        Optional<String> shown = parameter.conversion().shown(section, parameter.option(), plan);
        if (shown.isEmpty()) {
            return !value.isEmpty() && !value.equals(silence(table, parameter));
        }
        boolean switchesOn = value.equals("true") && isSharedSwitch(table, parameter.option());
        return !shown.get().equals(value) && !switchesOn;
    }

    /// Whether rows of another table, in the sections of which those of this one take part, have this switch too.
    private boolean isSharedSwitch(Mapping.Table table, String option) {
        return !table.ownsSections()
                && mapping.tables().stream()
                        .filter(other -> !other.equals(table) && other.type().equals(table.type()))
                        .flatMap(other -> other.content().parameters().stream())
                        .anyMatch(other ->
                                other.option().equals(option) && other.conversion() instanceof Conversion.Flag);
    }

    private Optional<ParameterDefinition> definition(Mapping.Table table, Mapping.Parameter parameter) {
        return supported.parameter(SupportedDataModel.supportedPath(table.path() + "1." + parameter.name()));
    }

    private boolean isWritable(Mapping.Table table, Mapping.Parameter parameter) {
        return definition(table, parameter)
                .filter(definition -> definition.access().isWritable())
                .isPresent();
    }

    /// What a row has of which nobody said anything.
    private String silence(Mapping.Table table, Mapping.Parameter parameter) {
        return definition(table, parameter)
                .map(definition -> definition.defaultValue().orElseGet(() -> ValueSyntax.emptyValue(definition.type())))
                .orElse("");
    }

    private static void delete(Plan plan, Mapping.Table table, String id) {
        Map<String, String> ends = table.content().life().ends();
        if (plan.section(table.packageName(), id).isEmpty()) {
            return; // others have deleted it, or a row of another table did
        }
        if (ends.isEmpty()) {
            plan.delete(table.packageName(), id);
        } else {
            ends.forEach((option, value) -> plan.set(table.packageName(), new UciChange.SetOption(id, option, value)));
        }
    }

    private void write(
            Plan plan, ChangeSet changes, Change.ValueChanged changed, Map<List<String>, UciChange> written) {
        for (Mapping.Table table : mapping.tables()) {
            int end = end(table, changed.path());
            String row = changed.path().substring(0, end);
            String name = changed.path().substring(end);
            if (end > 0 && name.equals(table.key().name())) {
                mustLoseItsSection(changes, changed);
            }
            for (Mapping.Parameter parameter : table.content().parameters()) {
                if (end > 0 && parameter.name().equals(name)) {
                    UciSection section = section(plan, table, row)
                            .orElseThrow(() -> new UspException(
                                    StandardErrorCode.INTERNAL_ERROR, changed.path() + ": its section is gone"));
                    written(plan, changes, row, section, parameter, changed.after())
                            .forEach(change -> {
                                mustAgree(written, table.packageName(), change, changed.path());
                                plan.set(table.packageName(), change);
                            });
                }
            }
        }
    }

    /// Where the way to a row of this table ends in a path; 0 where it does not lead there.
    private static int end(Mapping.Table table, String path) {
        if (!path.startsWith(table.path())) {
            return 0;
        }
        return table.isSingle()
                ? table.path().length()
                : path.indexOf('.', table.path().length()) + 1;
    }

    private Optional<UciSection> section(Plan plan, Mapping.Table table, String row) {
        return table.isSingle()
                ? plan.single(table)
                : rows.section(row.substring(0, row.length() - 1)).flatMap(id -> plan.section(table.packageName(), id));
    }

    /// A row belongs to its section for good; with that it loses what it says of it.
    private static void mustLoseItsSection(ChangeSet changes, Change.ValueChanged changed) {
        boolean goes = changed.after().isEmpty()
                && changes.changes().stream()
                        .anyMatch(other ->
                                other instanceof Change.RowDeleted(String path) && path.equals(changed.before() + "."));
        if (!goes) {
            throw new UspException(
                    StandardErrorCode.NON_WRITEABLE_PARAMETER, changed.path() + " is said when the row is added");
        }
    }

    /// Several parameters may stand in one option.
    private static void mustAgree(
            Map<List<String>, UciChange> written, String packageName, UciChange change, String path) {
        if (change instanceof UciChange.SetOption set) {
            UciChange other = written.putIfAbsent(List.of(packageName, set.section(), set.option()), change);
            if (other != null && !other.equals(change)) {
                throw new UspException(
                        StandardErrorCode.VALUE_CONFLICT, path + " contradicts another value of this message");
            }
        }
    }
}
