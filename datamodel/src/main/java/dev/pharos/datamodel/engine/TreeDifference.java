// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds what differs between two trees of the same model, in the order of the model, without looking at what
/// they share.
final class TreeDifference {
    private final Selection selection;
    private final List<Change> changes = new ArrayList<>();

    /// Which differences count.
    private enum Selection {
        /// What readers can see.
        VISIBLE,
        /// What outlives a restart, the mark of the one write of write-once parameters included.
        JOURNALLED
    }

    private TreeDifference(Selection selection) {
        this.selection = selection;
    }

    /// All that readers see differently.
    static List<Change> visible(Node before, Node after) {
        return new TreeDifference(Selection.VISIBLE).of(before, after);
    }

    /// What must be kept.
    static List<Change> journalled(Node before, Node after) {
        return new TreeDifference(Selection.JOURNALLED).of(before, after);
    }

    /// What the journal has of a row.
    static Map<String, String> journalledValues(Node row) {
        Map<String, String> values = new LinkedHashMap<>();
        new TreeDifference(Selection.JOURNALLED).values("", row, values);
        return values;
    }

    private List<Change> of(Node before, Node after) {
        if (before != after) {
            object(before.layout.definition.path(), before, after);
        }
        return changes;
    }

    private void object(String path, Node before, Node after) {
        for (ParameterLayout parameter : after.layout.parameters) {
            parameter(path, parameter, before, after);
        }
        for (ObjectLayout child : after.layout.children) {
            if (!child.table) {
                if (before.single(child) != after.single(child) && counts(after, child)) {
                    object(path + child.name + ".", before.single(child), after.single(child));
                }
            } else if (before.rows(child) != after.rows(child) && counts(child)) {
                table(path + child.name + ".", before.rows(child), after.rows(child));
            }
        }
    }

    private boolean counts(ObjectLayout table) {
        return switch (selection) {
            case VISIBLE -> true;
            case JOURNALLED -> table.remembered;
        };
    }

    /// What is not there has values that nobody sees, and that are kept nevertheless.
    private boolean counts(Node holder, ObjectLayout single) {
        return switch (selection) {
            case VISIBLE -> holder.has(single);
            case JOURNALLED -> true;
        };
    }

    private void parameter(String path, ParameterLayout parameter, Node before, Node after) {
        switch (parameter.source) {
            case LIVE -> {}
            case COUNT -> {
                int was = before.layout.count(before, parameter);
                int is = after.layout.count(after, parameter);
                if (was != is && selection == Selection.VISIBLE) {
                    changes.add(new Change.ValueChanged(
                            path + parameter.name, Integer.toString(was), Integer.toString(is)));
                }
            }
            case STORED -> {
                boolean differs = switch (selection) {
                    case VISIBLE -> !before.text(parameter).equals(after.text(parameter));
                    case JOURNALLED ->
                        after.layout.isJournalled(parameter)
                                && !before.slot(parameter).equals(after.slot(parameter));
                };
                if (differs) {
                    changes.add(new Change.ValueChanged(
                            path + parameter.name, before.text(parameter), after.text(parameter)));
                }
            }
        }
    }

    private void table(String path, Rows before, Rows after) {
        int b = 0;
        int a = 0;
        while (b < before.size() || a < after.size()) {
            long was = b < before.size() ? before.number(b) : Long.MAX_VALUE;
            long is = a < after.size() ? after.number(a) : Long.MAX_VALUE;
            if (was < is) {
                deleted(path + was + ".", before.node(b++));
            } else if (is < was) {
                added(path + is + ".", after.node(a++));
            } else {
                if (before.node(b) != after.node(a)) {
                    object(path + is + ".", before.node(b), after.node(a));
                }
                b++;
                a++;
            }
        }
    }

    private void added(String path, Node row) {
        Map<String, String> values = new LinkedHashMap<>();
        values("", row, values);
        changes.add(new Change.RowAdded(path, Frozen.adopt(values)));
        beneath(path, row, true);
    }

    private void deleted(String path, Node row) {
        changes.add(new Change.RowDeleted(path));
        beneath(path, row, false);
    }

    private void beneath(String path, Node node, boolean added) {
        for (ObjectLayout child : node.layout.children) {
            if (!child.table) {
                beneath(path + child.name + ".", node.single(child), added);
            } else if (counts(child)) {
                Rows rows = node.rows(child);
                for (int i = 0; i < rows.size(); i++) {
                    String rowPath = path + child.name + "." + rows.number(i) + ".";
                    if (added) {
                        added(rowPath, rows.node(i));
                    } else {
                        deleted(rowPath, rows.node(i));
                    }
                }
            }
        }
    }

    private void values(String prefix, Node node, Map<String, String> values) {
        for (ParameterLayout parameter : node.layout.parameters) {
            if (parameter.source == ParameterLayout.Source.STORED && isGiven(node, parameter)) {
                values.put(prefix + parameter.name, node.text(parameter));
            }
        }
        for (ObjectLayout child : node.layout.children) {
            if (!child.table && counts(node, child)) {
                values(prefix + child.name + ".", node.single(child), values);
            }
        }
    }

    /// The journal leaves out what still is the default that the model gives.
    private boolean isGiven(Node node, ParameterLayout parameter) {
        return switch (selection) {
            case VISIBLE -> true;
            case JOURNALLED ->
                node.layout.isJournalled(parameter) && !node.slot(parameter).equals(parameter.defaultValue);
        };
    }
}
