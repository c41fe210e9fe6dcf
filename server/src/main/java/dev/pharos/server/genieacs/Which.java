// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A precondition: which devices are meant. As in GenieACS, nothing is so of a value that is not known, nor its
/// contrary: so a negation is brought to the comparisons, where a query says the same.
sealed interface Which {
    /// Each of them; of none, every device.
    record All(List<Which> each) implements Which {
        public All {
            each = Frozen.list(each);
        }
    }

    /// One of them.
    record Any(List<Which> each) implements Which {
        public Any {
            each = Frozen.list(each);
        }
    }

    /// @param sign of a query
    record Compared(String name, String sign, String value) implements Which {}

    record Tagged(String tag, boolean is) implements Which {}

    /// Whether anything is known of a parameter.
    record Known(String path, boolean is) implements Which {}

    /// Every device.
    static Which every() {
        return new All(List.of());
    }

    /// The devices that do not meet it.
    default Which not() throws UntranslatableException {
        return switch (this) {
            case All(List<Which> each) -> {
                if (each.isEmpty()) {
                    throw new UntranslatableException("it is never so");
                }
                yield new Any(opposites(each));
            }
            case Any(List<Which> each) -> new All(opposites(each));
            case Tagged(String tag, boolean is) -> new Tagged(tag, !is);
            case Known(String path, boolean is) -> new Known(path, !is);
            case Compared(String name, String sign, String value) ->
                switch (sign) {
                    case "=" -> new Compared(name, "!=", value);
                    case "!=" -> new Compared(name, "=", value);
                    case "<" -> new Compared(name, ">=", value);
                    case ">=" -> new Compared(name, "<", value);
                    case ">" -> new Compared(name, "<=", value);
                    case "<=" -> new Compared(name, ">", value);
                    default -> throw new UntranslatableException("NOT LIKE is no comparison of a query");
                };
        };
    }

    private static List<Which> opposites(List<Which> each) throws UntranslatableException {
        List<Which> opposites = new ArrayList<>();
        for (Which one : each) {
            opposites.add(one.not());
        }
        return opposites;
    }

    /// As [dev.pharos.controller.query.QueryParser] reads it.
    default String query() {
        return switch (this) {
            case All(List<Which> each) -> joined(each, " and ");
            case Any(List<Which> each) ->
                each.stream().anyMatch(one -> one.query().isEmpty()) ? "" : joined(each, " or ");
            case Tagged(String tag, boolean is) -> (is ? "" : "not ") + "tag = " + text(tag);
            case Known(String path, boolean is) -> (is ? "" : "not ") + path + " ~ \"\"";
            case Compared(String name, String sign, String value) -> name + " " + sign + " " + text(value);
        };
    }

    private static String joined(List<Which> each, String with) {
        return each.stream()
                .map(one -> (one instanceof Any(List<Which> some) && some.size() > 1)
                                || (one instanceof All(List<Which> all) && all.size() > 1)
                        ? "(" + one.query() + ")"
                        : one.query())
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining(with));
    }

    private static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
