// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The path of a parameter, or with a dot at its end all beneath an object, with places for the numbers of rows: `{i}`
/// is
/// the same number wherever it stands, `*` the first row that a device has.
///
/// @param reference the parameter whose value is the path of the object with which this begins; empty where it begins
///     with a name
/// @param parts between dots
/// @param object whether all beneath an object is meant
public record NamePattern(String reference, List<String> parts, boolean object) {
    private static final String ROW = "\\{[a-z]}";
    private static final Pattern FORM = Pattern.compile("(?:\\{([A-Za-z0-9_.-]{3,256})}\\.)?"
            + "([A-Za-z_][A-Za-z0-9_-]*(?:\\.(?:[A-Za-z_][A-Za-z0-9_-]*|[0-9]{1,10}|\\*|" + ROW + ")){0,30}\\.?)");

    public NamePattern {
        parts = Frozen.list(parts);
    }

    /// @return nothing where the text is no such path
    public static Optional<NamePattern> of(String text) {
        var form = FORM.matcher(text);
        if (text.length() > Limits.NAME_CHARACTERS || !form.matches()) {
            return Optional.empty();
        }
        String reference = form.group(1) == null ? "" : form.group(1);
        boolean object = text.endsWith(".");
        String path = form.group(2);
        List<String> parts = List.of((object ? path.substring(0, path.length() - 1) : path).split("\\."));
        boolean ends = object || !isRow(parts.getLast());
        return ends && (parts.size() > 1 || !reference.isEmpty())
                ? Optional.of(new NamePattern(reference, parts, object))
                : Optional.empty();
    }

    static boolean isPlace(String part) {
        return part.matches(ROW);
    }

    private static boolean isRow(String part) {
        return part.equals("*") || isPlace(part) || isNumber(part);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// The places for numbers that are the same on both sides.
    Set<String> places() {
        Set<String> places = new TreeSet<>();
        parts.stream().filter(NamePattern::isPlace).forEach(places::add);
        return places;
    }

    boolean hasFirstRow() {
        return parts.contains("*");
    }

    /// What a path has in the places of this.
    ///
    /// @param numbers by place
    /// @param rest what follows, of all beneath an object
    record Fit(Map<String, String> numbers, List<String> rest) {}

    /// Whether a path of a parameter is one of these; `*` is any row.
    ///
    /// @param path between dots
    Optional<Fit> fit(List<String> path) {
        return path.size() > parts.size() == object && path.size() >= parts.size()
                ? begin(path, parts.size()).map(numbers -> new Fit(numbers, path.subList(parts.size(), path.size())))
                : Optional.empty();
    }

    /// Whether all of these that there are lie beneath an object, or would if this is longer.
    ///
    /// @param path of the object, between dots
    Optional<Map<String, String>> beneath(List<String> path) {
        return path.size() <= parts.size() ? begin(path, path.size()) : Optional.empty();
    }

    private Optional<Map<String, String>> begin(List<String> path, int length) {
        Map<String, String> numbers = new LinkedHashMap<>();
        for (int at = 0; at < length; at++) {
            String part = parts.get(at);
            String there = path.get(at);
            boolean same = isPlace(part)
                    ? isNumber(there) && there.equals(numbers.computeIfAbsent(part, _ -> there))
                    : part.equals("*") ? isNumber(there) : part.equals(there);
            if (!same) {
                return Optional.empty();
            }
        }
        return Optional.of(numbers);
    }

    /// The parts with numbers in their places, as far as they are known.
    List<String> filled(Map<String, String> numbers) {
        List<String> filled = new ArrayList<>();
        parts.forEach(part -> filled.add(numbers.getOrDefault(part, part)));
        return filled;
    }

    /// With the object at which it begins.
    NamePattern at(String place) {
        List<String> all = new ArrayList<>(
                List.of((place.endsWith(".") ? place.substring(0, place.length() - 1) : place).split("\\.")));
        all.addAll(parts);
        return new NamePattern("", all, object);
    }

    @Override
    public String toString() {
        return (reference.isEmpty() ? "" : "{" + reference + "}.") + String.join(".", parts) + (object ? "." : "");
    }
}
