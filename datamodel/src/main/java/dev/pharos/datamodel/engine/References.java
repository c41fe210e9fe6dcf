// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.definition.ReferenceDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.PathFault;
import dev.pharos.datamodel.instance.Snapshot.Visibility;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// References between objects: how they are written (R-ARC.11) and what keeps strong ones true (R-ARC.12).
/// They are kept as paths with Instance Numbers and without a trailing dot.
final class References {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*+(?:\\.[A-Za-z0-9_-]++)*+");

    private References() {}

    /// The value as it is kept. An item that addresses a row by keys becomes the row's path; where there is
    /// no such row yet it stays, and [#check] decides.
    ///
    /// @throws UspException 7012 where an item is no path, or a strong reference may not lead there
    ///
    /// @param writer who writes it and for whom there is nothing that it cannot see
    static String canonical(TreeSnapshot snapshot, ParameterLayout parameter, String value, Visibility writer) {
        ReferenceDefinition reference = parameter.definition.reference().orElseThrow();
        List<String> items = new ArrayList<>();
        List<String> given = parameter.definition.type().list()
                ? split(value)
                : value.isBlank() ? List.of() : List.of(value.strip());
        for (String item : given) {
            items.add(item(snapshot, reference, item, writer));
        }
        return String.join(",", items);
    }

    private static String item(TreeSnapshot snapshot, ReferenceDefinition reference, String item, Visibility writer) {
        String root = snapshot.model().root.name;
        if (!item.startsWith(root + ".") || item.length() == root.length() + 1) {
            throw invalid("not the path of an object or parameter: " + item);
        }
        String path = item.endsWith(".") ? item.substring(0, item.length() - 1) : item;
        if (path.indexOf('[') >= 0) {
            return byKey(snapshot, path, writer);
        }
        if (!PLAIN.matcher(path).matches()) {
            throw invalid("not the path of an object or parameter: " + item);
        }
        if (reference.strong()) {
            String supported = SupportedDataModel.supportedPath(path);
            boolean known = snapshot.model().layout(supported + ".").isPresent()
                    || snapshot.model().supported.parameter(path).isPresent();
            if (!known || !(reference.allows(supported + ".") || reference.allows(supported))) {
                throw invalid(path + " is not what it may refer to: " + String.join(", ", reference.targets()));
            }
        }
        return path;
    }

    private static String byKey(TreeSnapshot snapshot, String path, Visibility writer) {
        List<ObjectInstance> found;
        try {
            PathName name = PathName.parse(path + ".");
            found = snapshot.resolve(name, writer).stream()
                    .filter(writer::object)
                    .toList();
        } catch (dev.pharos.usp.MalformedInputException malformed) {
            throw invalid(malformed.detail());
        } catch (UspException unsupported) {
            throw invalid(unsupported.fault().errMsg());
        }
        if (found.size() > 1) {
            throw invalid("refers to " + found.size() + " objects: " + path);
        }
        return found.isEmpty() ? path : withoutDot(found.getFirst().path());
    }

    private static String withoutDot(String path) {
        return path.substring(0, path.length() - 1);
    }

    private static UspException invalid(String detail) {
        return new UspException(StandardErrorCode.INVALID_VALUE, detail);
    }

    /// The items of a list in which addresses by key may hold commas.
    private static List<String> split(String value) {
        List<String> items = new ArrayList<>();
        boolean expression = false;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '"' -> quoted = expression && !quoted;
                case '[' -> expression = true;
                case ']' -> expression = quoted;
                case ',' -> {
                    if (!expression) {
                        addItem(items, value.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        addItem(items, value.substring(start));
        return items;
    }

    private static void addItem(List<String> items, String item) {
        if (!item.isBlank()) {
            items.add(item.strip());
        }
    }

    static List<String> items(ParameterLayout parameter, String value) {
        if (parameter.definition.type().list()) {
            return split(value);
        }
        return value.isEmpty() ? List.of() : List.of(value);
    }

    /// Strong references that changed between these trees and lead nowhere in the latter.
    ///
    /// @param hidden what its writer cannot see does not exist for it
    static List<PathFault> check(TreeSnapshot after, List<Change> changes, Set<Hidden> hidden) {
        List<PathFault> faults = new ArrayList<>();
        for (Change change : changes) {
            switch (change) {
                case Change.ValueChanged(String path, String _, String value) ->
                    check(after, path, value, hidden, faults);
                case Change.RowAdded(String path, var values) ->
                    values.forEach((name, value) -> check(after, path + name, value, hidden, faults));
                case Change.RowDeleted _ -> {}
            }
        }
        return faults;
    }

    /// An item of a strong reference that its writer cannot see the target of.
    record Hidden(String parameterPath, String item) {}

    /// The items of a strong reference that are there, but not for this writer.
    static List<String> hidden(TreeSnapshot snapshot, ParameterLayout parameter, String value, Visibility writer) {
        return items(parameter, value).stream()
                .filter(item -> snapshot.object(item + ".")
                        .filter(target -> !writer.object(target))
                        .isPresent())
                .toList();
    }

    private static void check(
            TreeSnapshot after, String path, String value, Set<Hidden> hidden, List<PathFault> faults) {
        if (value.isEmpty()) {
            return;
        }
        Location location = Location.of(after.model(), path).orElseThrow();
        ParameterLayout parameter = location.layout().parameter(location.leaf());
        if (parameter == null || !parameter.strong) {
            return;
        }
        for (String item : items(parameter, value)) {
            boolean exists = after.object(item + ".").isPresent() || hasParameter(after, item);
            if (!exists || hidden.contains(new Hidden(path, item))) {
                faults.add(new PathFault(
                        path, new Fault(StandardErrorCode.INVALID_VALUE, "refers to what does not exist: " + item)));
                return;
            }
        }
    }

    /// Without reading it, which would ask a device.
    private static boolean hasParameter(TreeSnapshot after, String path) {
        int dot = path.lastIndexOf('.') + 1;
        return after.object(path.substring(0, dot))
                .flatMap(object -> object.definition().parameter(path.substring(dot)))
                .isPresent();
    }

    /// The tree in which no strong reference leads to this object or beneath it.
    ///
    /// @param removedPath with trailing dot
    static Node forget(Node node, String removedPath) {
        return node.layout.strongBeneath
                ? rewrite(node, parameterItem -> (parameterItem + ".").startsWith(removedPath) ? "" : parameterItem)
                : node;
    }

    /// The tree with each item of each strong reference replaced; empty text takes an item away.
    private static Node rewrite(Node node, UnaryOperator<String> item) {
        Node result = node;
        for (ParameterLayout parameter : node.layout.parameters) {
            if (parameter.strong) {
                result = rewrite(result, parameter, item);
            }
        }
        for (ObjectLayout child : node.layout.children) {
            if (!child.strongBeneath) {
                continue;
            }
            if (child.table) {
                Rows rows = rewrite(node.rows(child), item);
                result = rows == node.rows(child) ? result : result.withChild(child, rows);
            } else {
                Node single = rewrite(node.single(child), item);
                result = single == node.single(child) ? result : result.withChild(child, single);
            }
        }
        return result;
    }

    private static Rows rewrite(Rows rows, UnaryOperator<String> item) {
        Rows result = rows;
        for (int i = 0; i < rows.size(); i++) {
            Node after = rewrite(rows.node(i), item);
            if (after != rows.node(i)) {
                result = result.with(rows.number(i), after);
            }
        }
        return result;
    }

    private static Node rewrite(Node node, ParameterLayout parameter, UnaryOperator<String> item) {
        String value = node.text(parameter);
        if (value.isEmpty()) {
            return node;
        }
        List<String> kept = new ArrayList<>();
        for (String each : items(parameter, value)) {
            String replaced = item.apply(each);
            if (!replaced.isEmpty()) {
                kept.add(replaced);
            }
        }
        String after = String.join(",", kept);
        return after.equals(value) ? node : node.with(parameter, same(node.slot(parameter), parameter.shared(after)));
    }

    /// Keeps the mark of a write-once parameter: a target that goes away is no write.
    private static Object same(Object slot, String value) {
        return slot instanceof WrittenOnce ? new WrittenOnce(value) : value;
    }

    /// The tree in which addresses by key that now lead somewhere are paths with Instance Numbers: what a
    /// message writes may come in any order (R-MSG.5).
    static Node settle(TreeSnapshot after, List<Change> changes, Visibility writer) {
        Node root = after.top();
        for (Change change : changes) {
            switch (change) {
                case Change.ValueChanged(String path, String _, String value) ->
                    root = settle(after, root, path, value, writer);
                case Change.RowAdded(String path, var values) -> {
                    for (var value : values.entrySet()) {
                        root = settle(after, root, path + value.getKey(), value.getValue(), writer);
                    }
                }
                case Change.RowDeleted _ -> {}
            }
        }
        return root;
    }

    private static Node settle(TreeSnapshot after, Node root, String path, String value, Visibility writer) {
        if (value.indexOf('[') < 0) {
            return root;
        }
        Location location = Location.of(after.model(), path).orElseThrow();
        ParameterLayout parameter = location.layout().parameter(location.leaf());
        if (parameter == null || parameter.definition.reference().isEmpty()) {
            return root;
        }
        String settled = canonical(after, parameter, value, writer);
        return settled.equals(value)
                ? root
                : location.change(root, node -> node.with(parameter, same(node.slot(parameter), settled)));
    }

    static boolean isReference(ParameterLayout parameter) {
        return parameter.definition.reference().isPresent();
    }
}
