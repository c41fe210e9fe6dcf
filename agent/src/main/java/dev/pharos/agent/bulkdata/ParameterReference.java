// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.access.ObjectRights;
import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A row of `Profile.{i}.Parameter.`: which parameters it stands for at a moment, and what they are called.
///
/// @param name what the parameters are called; empty where they keep their paths
record ParameterReference(String name, PathName path) {

    /// A parameter that it stands for.
    ///
    /// @param name in the report
    record Found(ObjectInstance object, ParameterDefinition parameter, String name) {
        String path() {
            return object.path() + parameter.name();
        }
    }

    /// @return empty where the row refers to nothing yet
    /// @throws UspException 7012 where it makes no sense
    static Optional<ParameterReference> of(ObjectInstance row) {
        String text = row.value("Reference").orElse("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        PathName path;
        try {
            path = PathName.require(text);
        } catch (UspException malformed) {
            throw wrong(row, malformed.fault().errMsg());
        }
        if (path.leafKind() == PathName.LeafKind.COMMAND || path.leafKind() == PathName.LeafKind.EVENT) {
            throw wrong(row, "a report has parameters, not " + text);
        }
        for (Segment segment : path.segments()) {
            boolean plain = segment instanceof Segment.Name
                    || segment instanceof Segment.Instance
                    || segment instanceof Segment.Wildcard;
            if (!plain) {
                throw wrong(row, "names, Instance Numbers and * only: " + text);
            }
        }
        return Optional.of(new ParameterReference(row.value("Name").orElse(""), path));
    }

    /// @throws UspException 7012 where the supported data model has no such parameter or object; that there is no such
    ///     instance is no error
    static void check(ObjectInstance row, Places places, Snapshot proposed) {
        Optional<ParameterReference> reference = of(row);
        if (reference.isEmpty()) {
            return;
        }
        PathName path = reference.get().path();
        Snapshot there = places.of(path, proposed);
        try {
            boolean table = path.isObject()
                    && tables(there, path, Snapshot.Visibility.ALL).isPresent();
            if (!table) {
                for (ObjectInstance object : there.resolve(path.object(), Snapshot.Visibility.ALL)) {
                    if (!path.isObject()
                            && object.definition().parameter(path.leaf()).isEmpty()) {
                        throw wrong(row, "no such parameter: " + path);
                    }
                }
            }
        } catch (UspException unknown) {
            throw unknown.code() == StandardErrorCode.INVALID_VALUE
                    ? unknown
                    : wrong(row, unknown.fault().errMsg());
        }
    }

    private static UspException wrong(ObjectInstance row, String why) {
        return new UspException(StandardErrorCode.INVALID_VALUE, row.path() + "Reference: " + why);
    }

    /// Goes through the parameters that there are now and that may be read.
    void visit(Snapshot snapshot, Permissions rights, Consumer<Found> found) {
        try {
            Optional<List<Snapshot.TableInstance>> tables =
                    path.isObject() ? tables(snapshot, path, rights.readable()) : Optional.empty();
            if (tables.isPresent()) {
                for (Snapshot.TableInstance table : tables.get()) {
                    table.rows().forEach(row -> beneath(row, table.path(), rights, found));
                }
                return;
            }
            for (ObjectInstance object : snapshot.resolve(path.object(), rights.readable())) {
                if (path.isObject()) {
                    beneath(object, object.path(), rights, found);
                } else {
                    object.definition()
                            .parameter(path.leaf())
                            .filter(parameter -> isReadable(object, parameter, rights))
                            .ifPresent(parameter ->
                                    found.accept(new Found(object, parameter, named(object.path(), parameter))));
                }
            }
        } catch (UspException _) {
            // What has left the data model since the profile was written is not reported.
        }
    }

    /// The tables of a path; empty where it names something that is no table.
    private static Optional<List<Snapshot.TableInstance>> tables(
            Snapshot snapshot, PathName path, Snapshot.Visibility readable) {
        try {
            return Optional.of(snapshot.resolveTables(path, readable));
        } catch (UspException refused) {
            if (refused.code() == StandardErrorCode.OBJECT_IS_NOT_A_TABLE) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /// @param base the path of the object that is referred to
    private void beneath(ObjectInstance object, String base, Permissions rights, Consumer<Found> found) {
        for (ParameterDefinition parameter : object.definition().parameters()) {
            if (isReadable(object, parameter, rights)) {
                String rest = object.path().substring(base.length()) + parameter.name();
                String named = name.isEmpty() ? object.path() + parameter.name() : name + wildcards(base) + "." + rest;
                found.accept(new Found(object, parameter, named));
            }
        }
        object.children().forEach(child -> beneath(child, base, rights, found));
    }

    private static boolean isReadable(ObjectInstance object, ParameterDefinition parameter, Permissions rights) {
        ObjectRights on = rights.on(object.path());
        return on.allows(Right.READ_OBJECT) && on.allows(Right.READ_PARAMETER, parameter.name());
    }

    private String named(String objectPath, ParameterDefinition parameter) {
        return name.isEmpty() ? objectPath + parameter.name() : name + wildcards(objectPath);
    }

    /// The Instance Numbers in the places of wildcards, each after a dot, from left to right (R-BULK.9).
    private String wildcards(String instance) {
        String[] steps = instance.split("\\.", -1);
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < path.segments().size(); i++) {
            if (path.segments().get(i) instanceof Segment.Wildcard) {
                numbers.append('.').append(steps[i]);
            }
        }
        return numbers.toString();
    }
}
