// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathList;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One path of a ReferenceList, and what it covers.
record Reference(PathName path) {

    /// The references of a list, whose commas inside of search expressions are no separators.
    ///
    /// @throws MalformedInputException 7008
    static List<Reference> list(String text) throws MalformedInputException {
        List<Reference> references = new ArrayList<>();
        for (String item : PathList.split(text)) {
            references.add(new Reference(PathName.parse(item)));
        }
        return references;
    }

    /// Whether this covers an element at `objectPath + name`: named itself, or beneath an object that is
    /// named.
    ///
    /// @param snapshot in which search expressions are answered
    boolean coversElement(String objectPath, String name, Snapshot snapshot, Snapshot.Visibility readable) {
        if (path.isObject()) {
            return coversObject(objectPath, true, snapshot, readable);
        }
        String leaf = switch (path.leafKind()) {
            case COMMAND -> path.leaf() + "()";
            case EVENT -> path.leaf() + "!";
            case PARAMETER, OBJECT -> path.leaf();
        };
        return leaf.equals(name) && coversObject(objectPath, false, snapshot, readable);
    }

    /// Whether this names the table of a row, or any of its rows (`*`).
    boolean coversNewRow(String rowPath, Snapshot after, Snapshot.Visibility readable) {
        String table = tableOf(rowPath);
        if (!path.isObject()) {
            return false;
        }
        if (path.segments().getLast() instanceof Segment.Wildcard) {
            return coversObject(rowPath, false, after, readable);
        }
        Optional<Boolean> plain = matchSteps(table, false);
        if (plain.isPresent()) {
            return plain.get();
        }
        try {
            return after.resolveTables(path, readable).stream()
                    .anyMatch(found -> found.path().equals(table));
        } catch (UspException _) {
            return false;
        }
    }

    /// Whether this names a row that is gone, or the table that it was in.
    boolean coversDeletedRow(String rowPath, Snapshot before, Snapshot.Visibility readable) {
        return path.isObject()
                && (coversObject(rowPath, false, before, readable)
                        || matchSteps(tableOf(rowPath), false).orElse(false));
    }

    private boolean coversObject(String objectPath, boolean beneath, Snapshot snapshot, Snapshot.Visibility readable) {
        Optional<Boolean> plain = matchSteps(objectPath, beneath);
        if (plain.isPresent()) {
            return plain.get();
        }
        try {
            for (ObjectInstance found : snapshot.resolve(path.object(), readable)) {
                if (beneath ? objectPath.startsWith(found.path()) : objectPath.equals(found.path())) {
                    return true;
                }
            }
            return false;
        } catch (UspException _) {
            // What the path goes through has left the data model.
            return false;
        }
    }

    /// Compares step by step; empty where a search expression or reference has to be looked up to know.
    private Optional<Boolean> matchSteps(String objectPath, boolean beneath) {
        if (path.segments().stream().anyMatch(Segment.Follow.class::isInstance)) {
            return Optional.empty();
        }
        boolean lookup = false;
        int from = 0;
        for (Segment segment : path.segments()) {
            int to = objectPath.indexOf('.', from);
            if (to < 0) {
                return Optional.of(false);
            }
            String step = objectPath.substring(from, to);
            boolean number = Character.isDigit(step.charAt(0));
            boolean fits = switch (segment) {
                case Segment.Name name -> name.name().equals(step);
                case Segment.Instance instance ->
                    number && Long.toString(instance.number()).equals(step);
                case Segment.Wildcard _, Segment.Placeholder _ -> number;
                case Segment.Search _ -> {
                    lookup = true;
                    yield number;
                }
                case Segment.Follow _ -> false;
            };
            if (!fits) {
                return Optional.of(false);
            }
            from = to + 1;
        }
        if (!beneath && from < objectPath.length()) {
            return Optional.of(false);
        }
        return lookup ? Optional.empty() : Optional.of(true);
    }

    private static String tableOf(String rowPath) {
        return rowPath.substring(0, rowPath.lastIndexOf('.', rowPath.length() - 2) + 1);
    }
}
