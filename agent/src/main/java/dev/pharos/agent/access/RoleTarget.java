// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One path of a Permission's Targets, and what it covers: an object with everything beneath it, or a single
/// parameter, command or event. `*` and `{i}` stand for every row; search expressions and followed references
/// are looked up in the data model of the moment.
///
/// As in the examples of TR-369 an object may be written without its last dot.
final class RoleTarget {
    private static final String EVERY_ROW = "*";

    private final String text;
    private final List<String> steps;
    private final String leaf;
    private final Optional<PathName> lookup;

    /// How much of what a path stands for is covered. A path in supported form, with `{i}`, stands for many.
    enum Extent {
        NONE,
        SOME,
        ALL;

        Extent or(Extent other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private RoleTarget(String text, List<String> steps, String leaf, Optional<PathName> lookup) {
        this.text = text;
        this.steps = steps;
        this.leaf = leaf;
        this.lookup = lookup;
    }

    /// @throws MalformedInputException 7008
    static RoleTarget parse(String text) throws MalformedInputException {
        PathName path = path(text);
        List<String> steps = new ArrayList<>();
        boolean looksUp = false;
        for (Segment segment : path.segments()) {
            switch (segment) {
                case Segment.Name(String name) -> steps.add(name);
                case Segment.Instance(long number) -> steps.add(Long.toString(number));
                case Segment.Wildcard _, Segment.Placeholder _ -> steps.add(EVERY_ROW);
                case Segment.Search _, Segment.Follow _ -> {
                    looksUp = true;
                    steps.add(segment.toString());
                }
            }
        }
        String leaf = switch (path.leafKind()) {
            case OBJECT -> "";
            case PARAMETER -> path.leaf();
            case COMMAND -> path.leaf() + "()";
            case EVENT -> path.leaf() + "!";
        };
        return new RoleTarget(text, List.copyOf(steps), leaf, looksUp ? Optional.of(path) : Optional.empty());
    }

    private static PathName path(String text) throws MalformedInputException {
        try {
            return PathName.parse(text);
        } catch (MalformedInputException malformed) {
            if (text.endsWith(".")) {
                throw malformed;
            }
            return PathName.parse(text + ".");
        }
    }

    /// The path to look up, where the text alone does not say what it covers.
    Optional<PathName> lookup() {
        return lookup;
    }

    /// The parameter, command or event that it names; empty where it names an object.
    String leaf() {
        return leaf;
    }

    /// Whether it covers the whole data model.
    boolean coversEverything() {
        return leaf.isEmpty() && steps.size() == 1 && lookup.isEmpty();
    }

    /// How much of this object, and of all beneath it, is covered.
    ///
    /// @param found the objects that [#lookup] leads to
    Extent covers(String objectPath, Set<String> found) {
        if (lookup.isEmpty()) {
            Extent whole = leaf.isEmpty() ? match(objectPath, false, false) : match(objectPath, true, false);
            return whole;
        }
        return leaf.isEmpty() ? lookedUp(objectPath, found, false) : Extent.NONE;
    }

    /// How many of the objects at this path have the element that it names.
    ///
    /// @param found the objects that [#lookup] leads to
    Extent holdsLeaf(String objectPath, Set<String> found) {
        if (leaf.isEmpty()) {
            return Extent.NONE;
        }
        return lookup.isEmpty() ? match(objectPath, false, true) : lookedUp(objectPath, found, true);
    }

    private static Extent lookedUp(String objectPath, Set<String> found, boolean whole) {
        boolean supportedForm = objectPath.indexOf('{') >= 0;
        for (String path : found) {
            String shape = supportedForm ? path.replaceAll("\\.[0-9]+\\.", ".{i}.") : path;
            if (whole ? objectPath.equals(shape) : objectPath.startsWith(shape)) {
                return supportedForm ? Extent.SOME : Extent.ALL;
            }
        }
        return Extent.NONE;
    }

    /// Compares step by step.
    ///
    /// @param withLeaf whether the leaf counts as a step, which it is where it is the name of an object
    /// @param whole whether the path ends where this does
    private Extent match(String objectPath, boolean withLeaf, boolean whole) {
        int from = 0;
        Extent extent = Extent.ALL;
        int count = withLeaf ? steps.size() + 1 : steps.size();
        for (int i = 0; i < count; i++) {
            int to = objectPath.indexOf('.', from);
            if (to < 0) {
                return Extent.NONE;
            }
            String step = i < steps.size() ? steps.get(i) : leaf;
            char first = objectPath.charAt(from);
            if (step.equals(EVERY_ROW)) {
                if (first != '{' && !isDigit(first)) {
                    return Extent.NONE;
                }
            } else if (first == '{' && isDigit(step.charAt(0))) {
                extent = Extent.SOME;
            } else if (to - from != step.length() || !objectPath.startsWith(step, from)) {
                return Extent.NONE;
            }
            from = to + 1;
        }
        return whole && from < objectPath.length() ? Extent.NONE : extent;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoleTarget that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
