// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What management writes in one message, as changes of UCI.
final class Wanted {
    private final Mapping mapping;
    private final MappedRows rows;

    Wanted(Mapping mapping, MappedRows rows) {
        this.mapping = mapping;
        this.rows = rows;
    }

    /// By package.
    ///
    /// @param published the packages as they are
    /// @throws UspException where values contradict each other
    Map<String, List<UciChange>> of(ChangeSet changes, Map<String, UciPackage> published) {
        Map<String, List<UciChange>> wanted = new LinkedHashMap<>();
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed) {
                write(changes, changed, published, wanted);
            }
        }
        return wanted;
    }

    private void write(
            ChangeSet changes,
            Change.ValueChanged changed,
            Map<String, UciPackage> published,
            Map<String, List<UciChange>> wanted) {
        for (Mapping.Table table : mapping.tables()) {
            int end = changed.path().startsWith(table.path())
                    ? changed.path().indexOf('.', table.path().length()) + 1
                    : 0;
            String row = changed.path().substring(0, end);
            String name = changed.path().substring(end);
            for (Mapping.Parameter parameter : table.content().parameters()) {
                if (end > 0 && parameter.name().equals(name)) {
                    UciChange change = written(changes, changed, published.get(table.packageName()), parameter, row);
                    List<UciChange> all = wanted.computeIfAbsent(table.packageName(), p -> new ArrayList<>());
                    mustAgree(all, change, changed.path());
                    all.add(change);
                }
            }
        }
    }

    /// @param content the package as it is
    private UciChange written(
            ChangeSet changes,
            Change.ValueChanged changed,
            @Nullable UciPackage content,
            Mapping.Parameter parameter,
            String row) {
        return rows.section(row.substring(0, row.length() - 1))
                .flatMap(id -> content == null ? Optional.empty() : content.section(id))
                .map(section -> parameter
                        .conversion()
                        .written(
                                section,
                                parameter.option(),
                                changed.after(),
                                rows,
                                other -> changes.after().value(row + other).orElse("")))
                .orElseThrow(() ->
                        new UspException(StandardErrorCode.INTERNAL_ERROR, changed.path() + ": its section is gone"));
    }

    /// Several parameters may stand in one option.
    private static void mustAgree(List<UciChange> all, UciChange change, String path) {
        for (UciChange other : all) {
            if (other instanceof UciChange.SetOption(String section, String option, String value)
                    && change instanceof UciChange.SetOption set
                    && section.equals(set.section())
                    && option.equals(set.option())
                    && !value.equals(set.value())) {
                throw new UspException(
                        StandardErrorCode.VALUE_CONFLICT, path + " contradicts another value of this message");
            }
        }
    }
}
