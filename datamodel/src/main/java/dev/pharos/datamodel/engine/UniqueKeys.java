// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.PathFault;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Unique keys: that no two rows of a table share one (R-KEY.2), and what a new row gets where nobody said
/// (R-ADD.5).
///
/// A key of which every value is empty says nothing and is not compared.
final class UniqueKeys {
    private UniqueKeys() {}

    /// Every key that a change between these trees made ambiguous.
    static List<PathFault> check(Node before, Node after) {
        List<PathFault> faults = new ArrayList<>();
        if (before != after) {
            object(after.layout.definition.path(), before, after, faults);
        }
        return faults;
    }

    private static void object(String path, Node before, Node after, List<PathFault> faults) {
        for (ObjectLayout child : after.layout.children) {
            String childPath = path + child.name + ".";
            if (!child.table) {
                if (before.single(child) != after.single(child)) {
                    object(childPath, before.single(child), after.single(child), faults);
                }
            } else if (before.rows(child) != after.rows(child)) {
                table(childPath, child, before.rows(child), after.rows(child), faults);
            }
        }
    }

    private static void table(String path, ObjectLayout table, Rows before, Rows after, List<PathFault> faults) {
        for (ObjectLayout.Key key : table.keys) {
            if (isTouched(key, before, after)) {
                key(path, key, before, after, faults);
            }
        }
        for (int i = 0; i < after.size(); i++) {
            int was = before.find(after.number(i));
            Node old = was < 0 ? table.initial : before.node(was);
            if (old != after.node(i)) {
                object(path + after.number(i) + ".", old, after.node(i), faults);
            }
        }
    }

    private static boolean isTouched(ObjectLayout.Key key, Rows before, Rows after) {
        for (int i = 0; i < after.size(); i++) {
            if (isTouched(key, before, after, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTouched(ObjectLayout.Key key, Rows before, Rows after, int index) {
        int was = before.find(after.number(index));
        return was < 0
                || (before.node(was) != after.node(index)
                        && !values(key, before.node(was)).equals(values(key, after.node(index))));
    }

    private static void key(String path, ObjectLayout.Key key, Rows before, Rows after, List<PathFault> faults) {
        Map<List<String>, Integer> seen = HashMap.newHashMap(after.size());
        for (int i = 0; i < after.size(); i++) {
            List<String> values = values(key, after.node(i));
            Integer other = isEmpty(values) ? null : seen.putIfAbsent(values, i);
            if (other != null) {
                // blame the row that came or changed, not the one that was there
                int guilty = isTouched(key, before, after, i) ? i : other;
                int innocent = guilty == i ? other : i;
                String name = key.parameters().getFirst().name;
                faults.add(new PathFault(
                        path + after.number(guilty) + "." + name,
                        new Fault(
                                StandardErrorCode.DUPLICATE_KEY,
                                path + after.number(innocent) + ". has the same unique key " + names(key) + " = "
                                        + String.join(", ", values))));
            }
        }
    }

    private static String names(ObjectLayout.Key key) {
        return String.join(", ", key.parameters().stream().map(p -> p.name).toList());
    }

    static List<String> values(ObjectLayout.Key key, Node row) {
        List<String> values = new ArrayList<>(key.parameters().size());
        for (ParameterLayout parameter : key.parameters()) {
            values.add(row.text(parameter));
        }
        return values;
    }

    static boolean isEmpty(List<String> values) {
        return values.stream().allMatch(String::isEmpty);
    }

    /// Gives a new row values for those keys that others have already or that say nothing. Devices know the
    /// keys of what they publish, so that of theirs only those without meaning of their own, such as Alias,
    /// are made up.
    static Node generate(Rows rows, Node row, long number, Origin origin) {
        Node keyed = row;
        for (ObjectLayout.Key key : row.layout.keys) {
            if (origin == Origin.MANAGEMENT || !key.functional()) {
                keyed = generate(key, rows, keyed, number);
            }
        }
        return keyed;
    }

    private static Node generate(ObjectLayout.Key key, Rows rows, Node row, long number) {
        Set<List<String>> taken = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            taken.add(values(key, rows.node(i)));
        }
        boolean says = !isEmpty(values(key, row)) && !isDefault(key, row);
        if (!taken.contains(values(key, row)) && (says || key.parameters().size() > 1)) {
            return row;
        }
        for (ParameterLayout parameter : numbersFirst(key)) {
            for (long n = number; n <= number + rows.size() + 1L; n++) {
                String value = candidate(parameter.definition, n);
                if (value.isEmpty()) {
                    break;
                }
                Node keyed = row.with(parameter, parameter.shared(value));
                if (!taken.contains(values(key, keyed))) {
                    return keyed;
                }
            }
        }
        return row;
    }

    /// Of several parameters a number is made up rather than a text, which may mean something: an invented
    /// remote host would shut everyone out.
    private static List<ParameterLayout> numbersFirst(ObjectLayout.Key key) {
        return key.parameters().stream()
                .sorted(Comparator.comparing(p -> p.definition.type().base() == PrimitiveType.STRING))
                .toList();
    }

    private static boolean isDefault(ObjectLayout.Key key, Node row) {
        return key.parameters().stream().allMatch(p -> row.slot(p).equals(p.defaultValue));
    }

    /// Whether a key holds no more than the place of what nobody has said yet. After a restart the text alone tells.
    static boolean isMadeUp(ObjectLayout layout, ParameterLayout parameter, String text) {
        return layout.isKey(parameter)
                && parameter.definition.type().base() == PrimitiveType.STRING
                && text.matches(Pattern.quote(placeholder(parameter.definition)) + "[1-9][0-9]*");
    }

    private static String placeholder(ParameterDefinition parameter) {
        return "cpe-" + (parameter.name().equals("Alias") ? "alias" : parameter.name()) + "-";
    }

    /// A value that nobody would choose, or empty where the type leaves no room for one.
    private static String candidate(ParameterDefinition parameter, long n) {
        if (parameter.reference().isPresent() || parameter.type().list()) {
            return "";
        }
        PrimitiveType base = parameter.type().base();
        String value = switch (base) {
            case STRING -> placeholder(parameter) + n;
            case INT, UNSIGNED_INT, LONG, UNSIGNED_LONG -> Long.toString(n);
            case BOOLEAN, DECIMAL, DATE_TIME, BASE64, HEX_BINARY -> "";
        };
        try {
            return value.isEmpty() ? "" : ValueSyntax.canonical(parameter.type(), value);
        } catch (UspException doesNotFit) {
            return "";
        }
    }
}
