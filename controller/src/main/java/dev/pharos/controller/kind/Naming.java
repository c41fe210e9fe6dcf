// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What one device calls that which all devices are asked for by one name, and the other way. For one thread at a time.
public final class Naming {
    private static final Pattern OBJECT = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+){1,30}\\.?");

    private final Known known;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Set<Integer>> rows = new HashMap<>();

    /// A rule with those names that the device may have.
    private record Rule(NameRule said, List<Source> from) {}

    /// @param certain whether the device itself says that it is there
    private record Source(NamePattern pattern, boolean certain) {}

    /// What a device calls something.
    ///
    /// @param path its own
    /// @param fixed whether it cannot be written, since what is shown is no value of the device's
    public record Own(String path, NameRule rule, boolean fixed) {
        /// What is to be written to the device for this value.
        public String value(String shown) {
            return rule.deviceValue(shown);
        }
    }

    /// Something as it is shown.
    public record Shown(String path, String value) {}

    private Naming(Known known) {
        this.known = known;
    }

    /// @param kinds of which the device is, the one that counts most last
    /// @param root of the device's own data model: `InternetGatewayDevice`
    static Naming of(List<Kind> kinds, String root, Known known) {
        Naming naming = new Naming(known);
        for (Kind kind : kinds.reversed()) {
            // what is said of one parameter goes before what is said of all beneath an object
            Stream.concat(
                            kind.names().stream().filter(each -> !each.shown().object()),
                            kind.names().stream().filter(each -> each.shown().object()))
                    .forEach(rule -> naming.add(rule, root));
        }
        return naming;
    }

    private void add(NameRule rule, String root) {
        List<Source> from = rule.from(root).stream()
                .flatMap(each -> placed(each, root).stream())
                .toList();
        if (!from.isEmpty()) {
            rules.add(new Rule(rule, from));
        }
    }

    private Optional<Source> placed(NamePattern pattern, String root) {
        return pattern.reference().isEmpty()
                ? Optional.of(new Source(pattern, false))
                : known.value(pattern.reference())
                        .filter(place -> place.startsWith(root + ".")
                                && place.length() < Limits.NAME_CHARACTERS
                                && OBJECT.matcher(place).matches())
                        .map(place -> new Source(pattern.at(place), true));
    }

    /// Whether every name is the device's own.
    public boolean isPlain() {
        return rules.isEmpty();
    }

    /// What the device calls a parameter; empty where it calls it so, or it is not known.
    public Optional<Own> own(String path) {
        List<String> parts = List.of(path.split("\\."));
        for (Rule rule : rules) {
            Optional<NamePattern.Fit> fit = rule.said().shown().fit(parts);
            if (fit.isPresent()) {
                Optional<String> own = resolved(rule, fit.get());
                if (own.isPresent()) {
                    return Optional.of(
                            new Own(own.get(), rule.said(), !rule.said().says().isEmpty()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> resolved(Rule rule, NamePattern.Fit fit) {
        return first(rule, pattern -> {
            List<String> parts = new ArrayList<>(pattern.filled(fit.numbers()));
            parts.addAll(fit.rest());
            return String.join(".", parts);
        });
    }

    /// The first of the names that the device has, or where it has none of them the first that needs no look.
    ///
    /// @param path what of a name is wanted, in which there may be `*`; of an object, with its dot
    private Optional<String> first(Rule rule, Function<NamePattern, String> path) {
        Optional<String> otherwise = Optional.empty();
        for (Source each : rule.from()) {
            String wanted = path.apply(each.pattern());
            Optional<String> there = firstRow(wanted);
            boolean looked = each.certain() || rule.from().size() == 1 || wanted.contains(".*");
            if (there.isPresent() && (looked || has(there.get()))) {
                return there;
            }
            otherwise = otherwise.or(() -> there);
        }
        return otherwise;
    }

    private boolean has(String path) {
        return path.endsWith(".")
                ? !known.beneath(path).isEmpty()
                : known.value(path).isPresent();
    }

    /// With the first row that there is at each `*`.
    private Optional<String> firstRow(String path) {
        int star = path.indexOf(".*");
        if (star < 0) {
            return Optional.of(path);
        }
        String table = path.substring(0, star + 1);
        for (int row : rows(table)) {
            Optional<String> found = firstRow(table + row + path.substring(star + 2));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Set<Integer> rows(String table) {
        return rows.computeIfAbsent(table, _ -> {
            Set<Integer> found = new TreeSet<>();
            for (String path : known.beneath(table)) {
                int end = path.indexOf('.', table.length());
                if (end > 0) {
                    number(path.substring(table.length(), end)).ifPresent(found::add);
                }
            }
            return found;
        });
    }

    private static OptionalInt number(String text) {
        return text.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /// As what a value of the device is shown besides.
    ///
    /// @param path the device's own
    public List<Shown> shown(String path, String value) {
        List<String> parts = List.of(path.split("\\."));
        List<Shown> shown = new ArrayList<>();
        for (Rule rule : rules) {
            for (Source each : rule.from()) {
                Optional<NamePattern.Fit> fit = each.pattern().fit(parts);
                if (fit.isPresent()) {
                    List<String> name =
                            new ArrayList<>(rule.said().shown().filled(fit.get().numbers()));
                    name.addAll(fit.get().rest());
                    String as = String.join(".", name);
                    boolean meant = own(as).filter(
                                    own -> own.path().equals(path) && own.rule().equals(rule.said()))
                            .isPresent();
                    if (meant && shown.stream().noneMatch(other -> other.path().equals(as))) {
                        shown.add(new Shown(
                                as, rule.said().shownValue(value, fit.get().numbers())));
                    }
                }
            }
        }
        return shown;
    }

    /// What the device is asked for to know all beneath an object: its own objects, with their dots, and parameters.
    ///
    /// @param object with its dot
    /// @return empty where nothing of the device is shown there
    public List<String> ownBeneath(String object) {
        List<String> parts = List.of(object.split("\\."));
        Set<String> own = new LinkedHashSet<>();
        for (Rule rule : rules) {
            NamePattern shown = rule.said().shown();
            if (isWithin(shown, parts)) {
                within(rule, parts).ifPresent(own::add);
            } else {
                shown.beneath(parts).flatMap(numbers -> place(rule, numbers)).ifPresent(own::add);
            }
        }
        // what lies beneath another is asked for with it
        return own.stream()
                .filter(path -> own.stream()
                        .noneMatch(other -> other.endsWith(".") && path.startsWith(other) && !path.equals(other)))
                .toList();
    }

    /// Whether all beneath an object is shown there, and this lies in it.
    private static boolean isWithin(NamePattern shown, List<String> parts) {
        return shown.object() && shown.parts().size() < parts.size();
    }

    /// With its dot.
    private Optional<String> within(Rule rule, List<String> parts) {
        return rule.said()
                .shown()
                .fit(parts)
                .flatMap(fit -> resolved(rule, fit))
                .map(path -> path + ".");
    }

    /// Where all of a rule is that has these numbers: up to the first place of which nothing is said.
    private Optional<String> place(Rule rule, Map<String, String> numbers) {
        return first(rule, pattern -> {
            String path = String.join(".", pattern.filled(numbers)) + (pattern.object() ? "." : "");
            int open = path.indexOf(".{");
            return open < 0 ? path : path.substring(0, open + 1);
        });
    }

    /// What the device calls a table or a row of one.
    ///
    /// @param object with its dot
    /// @return empty where it calls it so, or it is not known
    public Optional<String> ownObject(String object) {
        List<String> parts = List.of(object.split("\\."));
        for (Rule rule : rules) {
            if (isWithin(rule.said().shown(), parts)) {
                Optional<String> own = within(rule, parts);
                if (own.isPresent()) {
                    return own;
                }
                continue;
            }
            List<String> shown = rule.said().shown().parts();
            Optional<Map<String, String>> numbers = rule.said().shown().beneath(parts);
            boolean row = NamePattern.isPlace(shown.get(Math.min(parts.size(), shown.size()) - 1));
            boolean table = parts.size() < shown.size() && NamePattern.isPlace(shown.get(parts.size()));
            if (numbers.isPresent() && (row || table)) {
                String place = row ? shown.get(parts.size() - 1) : shown.get(parts.size());
                Optional<String> own = ownObject(rule, numbers.get(), place, row);
                if (own.isPresent()) {
                    return own;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> ownObject(Rule rule, Map<String, String> numbers, String place, boolean row) {
        return first(rule, pattern -> {
            int end = pattern.parts().indexOf(place) + (row ? 1 : 0);
            return String.join(".", pattern.filled(numbers).subList(0, end)) + ".";
        });
    }
}
