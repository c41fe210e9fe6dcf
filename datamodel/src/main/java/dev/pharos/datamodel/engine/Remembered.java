// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the journal tells of the time before the last restart: rows that are back at once, and rows that only
/// the device can bring back, which get their Instance Number and written values again when it does
/// (R-ARC.8). Used under the writer's lock.
final class Remembered {
    private final ModelLayout model;
    private @Nullable Node tree;

    private Remembered(ModelLayout model) {
        this.model = model;
    }

    /// Replays a journal. What the model does not have any more is left out: a device may come back with
    /// another firmware.
    static Remembered of(ModelLayout model, List<Change> journal) {
        Remembered remembered = new Remembered(model);
        if (!journal.isEmpty()) {
            Node tree = model.root.initial;
            for (Change change : journal) {
                tree = remembered.replay(tree, change);
            }
            remembered.tree = tree;
        }
        return remembered;
    }

    private Node replay(Node tree, Change change) {
        Location location = Location.of(model, change.path()).orElse(null);
        if (location == null || location.table() != null) {
            return tree;
        }
        return switch (change) {
            case Change.ValueChanged(String _, String _, String value) ->
                location.change(tree, node -> withValue(node, location.leaf(), value));
            case Change.RowAdded(String _, var values) -> withRow(tree, location, values);
            case Change.RowDeleted _ -> withoutRow(tree, location);
        };
    }

    private static Node withRow(Node tree, Location row, Map<String, String> values) {
        ObjectLayout table = row.layout();
        if (!table.table) {
            return tree;
        }
        return row.holder().change(tree, holder -> {
            Rows rows = holder.rows(table);
            int found = rows.find(row.number());
            Node node = found < 0 ? table.initial : rows.node(found);
            for (Map.Entry<String, String> value : values.entrySet()) {
                node = withValue(node, value.getKey(), value.getValue());
            }
            return holder.withChild(table, rows.with(row.number(), node));
        });
    }

    private static Node withoutRow(Node tree, Location row) {
        ObjectLayout table = row.layout();
        if (!table.table) {
            return tree;
        }
        return row.holder().change(tree, holder -> {
            Rows rows = holder.rows(table).used(row.number());
            int found = rows.find(row.number());
            return holder.withChild(table, found < 0 ? rows : rows.without(found));
        });
    }

    /// @param name of a parameter, with the names of single objects before it
    private static Node withValue(Node node, String name, String value) {
        int dot = name.indexOf('.');
        if (dot >= 0) {
            ObjectLayout child = node.layout.child(name.substring(0, dot));
            return child == null || child.table
                    ? node
                    : node.withChild(child, withValue(node.single(child), name.substring(dot + 1), value));
        }
        ParameterLayout parameter = node.layout.parameter(name);
        if (parameter == null || !node.layout.isJournalled(parameter)) {
            return node;
        }
        try {
            String canonical = References.isReference(parameter)
                    ? value
                    : ValueSyntax.canonicalOfBase(parameter.definition.type(), value);
            return node.with(parameter, parameter.stored(canonical));
        } catch (UspException typeHasChanged) {
            return node;
        }
    }

    /// The tree to begin with: rows of writable tables and written values.
    Node initial() {
        return tree == null ? model.root.initial : pruned(tree);
    }

    /// The node without those rows that only the device can bring back.
    private static Node pruned(Node node) {
        Node result = node;
        for (ObjectLayout child : node.layout.children) {
            if (!child.table) {
                Node single = pruned(node.single(child));
                result = single == node.single(child) ? result : result.withChild(child, single);
            } else if (node.rows(child) != Rows.NONE) {
                result = result.withChild(child, pruned(child, node.rows(child)));
            }
        }
        return result;
    }

    private static Rows pruned(ObjectLayout table, Rows rows) {
        if (!table.kept) {
            return rows.emptied();
        }
        Rows result = rows;
        for (int i = 0; i < rows.size(); i++) {
            result = result.with(rows.number(i), pruned(rows.node(i)));
        }
        return result;
    }

    private @Nullable Rows rows(Location table) {
        ObjectLayout layout = table.table();
        Node holder = tree == null ? null : table.in(tree);
        return holder == null || layout == null ? null : holder.rows(layout);
    }

    /// What a row with this number begins with.
    Node row(Location table, ObjectLayout layout, long number) {
        Rows rows = rows(table);
        int found = rows == null ? -1 : rows.find(number);
        return rows == null || found < 0 ? layout.initial : pruned(rows.node(found));
    }

    /// The lowest Instance Number of a row that was there before the restart and is not again yet; 0 where
    /// there is none.
    long absent(Location table, Rows present) {
        Rows rows = rows(table);
        if (rows != null) {
            for (int i = 0; i < rows.size(); i++) {
                if (present.find(rows.number(i)) < 0) {
                    return rows.number(i);
                }
            }
        }
        return 0;
    }

    /// The Instance Number that a row with these values had; 0 where there was none.
    long number(Location table, Map<ParameterLayout, String> keys) {
        Rows rows = rows(table);
        return rows == null ? 0 : find(rows, keys);
    }

    /// The row with these values; 0 where there is none.
    static long find(Rows rows, Map<ParameterLayout, String> keys) {
        for (int i = 0; i < rows.size(); i++) {
            Node row = rows.node(i);
            if (keys.entrySet().stream().allMatch(key -> row.text(key.getKey()).equals(key.getValue()))) {
                return rows.number(i);
            }
        }
        return 0;
    }

    /// Leaves out what the journal has already: a device publishes the same rows after each restart.
    List<Change> news(List<Change> changes) {
        return tree == null || changes.isEmpty()
                ? changes
                : changes.stream().filter(change -> !isKnown(tree, change)).toList();
    }

    private boolean isKnown(Node known, Change change) {
        if (!(change instanceof Change.RowAdded(String path, var values))) {
            return false;
        }
        Node row = Location.of(model, path).map(location -> location.in(known)).orElse(null);
        return row != null && TreeDifference.journalledValues(row).equals(values);
    }

    /// Rows that are deleted are forgotten; their numbers stay used.
    void committed(List<Change> changes) {
        Node known = tree;
        if (known != null) {
            for (Change change : changes) {
                if (change instanceof Change.RowDeleted) {
                    known = replay(known, change);
                }
            }
            tree = known;
        }
    }
}
