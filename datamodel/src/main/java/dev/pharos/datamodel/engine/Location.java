// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A place in the tree, as a path with Instance Numbers says it; whether something is there is another
/// question.
///
/// @param steps from the root to the object
/// @param table the table of that object that the path ends with, where it ends with one
/// @param leaf what follows the last dot; empty of objects and tables
record Location(List<Step> steps, @Nullable ObjectLayout table, String leaf) {

    /// @param number the Instance Number of a row, 0 of a single object
    record Step(ObjectLayout layout, long number) {}

    /// Where this path leads; empty where the model has no such place.
    static Optional<Location> of(ModelLayout model, String path) {
        int dot = path.indexOf('.');
        if (dot < 0 || !path.substring(0, dot).equals(model.root.name)) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(model.root, 0));
        ObjectLayout layout = model.root;
        int start = dot + 1;
        for (int end = path.indexOf('.', start); end >= 0; end = path.indexOf('.', start)) {
            ObjectLayout child = layout.child(path.substring(start, end));
            if (child == null) {
                return Optional.empty();
            }
            start = end + 1;
            long number = 0;
            if (child.table) {
                if (start == path.length()) {
                    return Optional.of(new Location(steps, child, ""));
                }
                int numberEnd = path.indexOf('.', start);
                number = numberEnd < 0 ? 0 : number(path, start, numberEnd);
                if (number == 0) {
                    return Optional.empty();
                }
                start = numberEnd + 1;
            }
            steps.add(new Step(child, number));
            layout = child;
        }
        return Optional.of(new Location(steps, null, path.substring(start)));
    }

    /// An Instance Number, 0 where these characters are none.
    private static long number(String path, int start, int end) {
        if (end - start > 18 || end == start || path.charAt(start) == '0') {
            return 0;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    ObjectLayout layout() {
        return steps.getLast().layout();
    }

    long number() {
        return steps.getLast().number();
    }

    /// The object here, or null.
    @Nullable
    Node in(Node root) {
        Node node = root;
        for (int i = 1; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (!node.has(step.layout())) {
                return null;
            }
            if (step.layout().table) {
                Rows rows = node.rows(step.layout());
                int found = rows.find(step.number());
                if (found < 0) {
                    return null;
                }
                node = rows.node(found);
            } else {
                node = node.single(step.layout());
            }
        }
        return node;
    }

    /// The tree with this object changed; the same tree where it is not there or the change leaves it as it
    /// is.
    Node change(Node root, UnaryOperator<Node> change) {
        return change(root, 1, change);
    }

    private Node change(Node node, int depth, UnaryOperator<Node> change) {
        if (depth == steps.size()) {
            return change.apply(node);
        }
        Step step = steps.get(depth);
        if (!step.layout().table) {
            Node before = node.single(step.layout());
            Node after = change(before, depth + 1, change);
            return after == before ? node : node.withChild(step.layout(), after);
        }
        Rows rows = node.rows(step.layout());
        int found = rows.find(step.number());
        if (found < 0) {
            return node;
        }
        Node before = rows.node(found);
        Node after = change(before, depth + 1, change);
        return after == before ? node : node.withChild(step.layout(), rows.with(step.number(), after));
    }

    /// The object that holds this row's table, for rows only.
    Location holder() {
        return new Location(steps.subList(0, steps.size() - 1), null, "");
    }

    Location row(long number) {
        List<Step> more = new ArrayList<>(steps);
        if (table != null) {
            more.add(new Step(table, number));
        }
        return new Location(more, null, "");
    }

    /// The object's path with trailing dot.
    String path() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(step.layout().name).append('.');
            if (step.layout().table) {
                text.append(step.number()).append('.');
            }
        }
        return text.toString();
    }
}
