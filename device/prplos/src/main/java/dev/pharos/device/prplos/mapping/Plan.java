// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.device.prplos.uci.UciAdoption;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.device.prplos.uci.UciValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The changes of UCI that one message asks for, and the sections and rows as they will be with them.
final class Plan implements Conversion.Rows {
    private final Conversion.Rows present;
    private final Map<String, UciPackage> packages;
    private final Snapshot after;
    private final Map<String, List<UciChange>> changes = new LinkedHashMap<>();
    private final Map<List<String>, Optional<UciSection>> drafts = new HashMap<>();
    private final Map<List<String>, String> paths = new HashMap<>();
    private final Map<String, String> sections = new HashMap<>();

    /// @param present which rows are which sections now
    /// @param packages as they are now
    /// @param after the data model as it will be
    Plan(Conversion.Rows present, Map<String, UciPackage> packages, Snapshot after) {
        this.after = after;
        this.present = present;
        this.packages = Map.copyOf(packages);
    }

    /// The packages as they are now.
    Map<String, UciPackage> packages() {
        return packages;
    }

    /// By package, in the order in which they are to be made.
    Map<String, List<UciChange>> changes() {
        return changes;
    }

    /// A section as it will be; empty where there will be none.
    @Override
    public Optional<UciSection> section(String packageName, String id) {
        return drafts.getOrDefault(List.of(packageName, id), before(packageName, id));
    }

    /// A section as it is.
    Optional<UciSection> before(String packageName, String id) {
        return Optional.ofNullable(packages.get(packageName)).flatMap(content -> content.section(id));
    }

    /// The section that a single object is.
    Optional<UciSection> single(Mapping.Table table) {
        return table.rows(packages.get(table.packageName())).stream()
                .findFirst()
                .flatMap(first -> section(table.packageName(), first.id()));
    }

    @Override
    public Optional<String> path(String table, String section) {
        return Optional.ofNullable(paths.get(List.of(table, section)))
                .map(row -> row.substring(0, row.length() - 1))
                .or(() -> present.path(table, section));
    }

    @Override
    public Optional<String> section(String rowPath) {
        return Optional.ofNullable(sections.get(rowPath + ".")).or(() -> present.section(rowPath));
    }

    @Override
    public Optional<String> value(String parameterPath) {
        return after.value(parameterPath);
    }

    @Override
    public List<UciSection> sections(String packageName, String type) {
        return Conversion.of(packages.get(packageName), type);
    }

    /// A row that comes, and its section.
    void isRow(String table, String section, String rowPath) {
        paths.put(List.of(table, section), rowPath);
        sections.put(rowPath, section);
    }

    /// A name for a new section that no other has.
    String free(String packageName, String type) {
        Set<String> taken = new HashSet<>();
        Optional.ofNullable(packages.get(packageName))
                .ifPresent(content -> content.sections().forEach(section -> taken.add(section.id())));
        drafts.keySet().stream()
                .filter(draft -> draft.getFirst().equals(packageName))
                .forEach(draft -> taken.add(draft.getLast()));
        return UciAdoption.free(type, taken);
    }

    void add(String packageName, UciSection blank) {
        put(packageName, new UciChange.AddSection(blank.id(), blank.type()));
        drafts.put(
                List.of(packageName, blank.id()),
                Optional.of(new UciSection(blank.id(), blank.type(), false, Map.of())));
        blank.options().forEach((option, value) -> {
            if (value instanceof UciValue.Text(String text)) {
                set(packageName, new UciChange.SetOption(blank.id(), option, text));
            }
        });
    }

    void set(String packageName, UciChange.SetOption change) {
        draft(
                packageName,
                change.section(),
                change.option(),
                change.value().isEmpty() ? Optional.empty() : Optional.of(new UciValue.Text(change.value())));
        put(packageName, change);
    }

    void set(String packageName, UciChange.SetItems change) {
        draft(
                packageName,
                change.section(),
                change.option(),
                change.items().isEmpty() ? Optional.empty() : Optional.of(new UciValue.Items(change.items())));
        put(packageName, change);
    }

    /// @param written what a conversion gives: an option or a list
    void set(String packageName, UciChange written) {
        if (written instanceof UciChange.SetOption option) {
            set(packageName, option);
        } else if (written instanceof UciChange.SetItems items) {
            set(packageName, items);
        }
    }

    void delete(String packageName, String section) {
        put(packageName, new UciChange.DeleteSection(section));
        drafts.put(List.of(packageName, section), Optional.empty());
    }

    private void put(String packageName, UciChange change) {
        changes.computeIfAbsent(packageName, p -> new ArrayList<>()).add(change);
    }

    private void draft(String packageName, String section, String option, Optional<UciValue> value) {
        section(packageName, section).ifPresent(before -> {
            Map<String, UciValue> options = new LinkedHashMap<>(before.options());
            value.ifPresentOrElse(set -> options.put(option, set), () -> options.remove(option));
            drafts.put(
                    List.of(packageName, section),
                    Optional.of(new UciSection(section, before.type(), before.anonymous(), options)));
        });
    }
}
