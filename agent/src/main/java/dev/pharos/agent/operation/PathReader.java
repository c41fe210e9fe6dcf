// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.List;
import java.util.Optional;

/// What handlers ask of paths, always with the eyes of one controller.
final class PathReader {
    private final SupportedDataModel supported;
    private final Snapshot snapshot;
    private final Requester requester;

    PathReader(InstantiatedDataModel model, Requester requester) {
        this.supported = model.supported();
        this.snapshot = model.snapshot();
        this.requester = requester;
    }

    boolean allows(Right right, String path) {
        return requester.permissions().allows(right, path);
    }

    /// The objects of the path's object part.
    List<ObjectInstance> objects(PathName path) {
        return snapshot.resolve(path, requester.permissions().readable());
    }

    /// The tables of the path; empty where the path names something that is no table.
    Optional<List<Snapshot.TableInstance>> tables(PathName path) {
        try {
            return Optional.of(
                    snapshot.resolveTables(path, requester.permissions().readable()));
        } catch (UspException refused) {
            if (refused.code() == StandardErrorCode.OBJECT_IS_NOT_A_TABLE) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /// The definition of the object that the path names, instances and searches standing for `{i}`; empty
    /// where there is none, or where references have to be followed to know.
    static Optional<ObjectDefinition> definition(SupportedDataModel supported, PathName path) {
        StringBuilder text = new StringBuilder();
        for (Segment segment : path.segments()) {
            switch (segment) {
                case Segment.Name name -> text.append(name.name());
                case Segment.Instance _, Segment.Wildcard _, Segment.Search _, Segment.Placeholder _ ->
                    text.append("{i}");
                case Segment.Follow _ -> {
                    return Optional.empty();
                }
            }
            text.append('.');
        }
        return supported.object(text.toString()).or(() -> supported.object(text + "{i}."));
    }

    /// Whether this controller may know of a table: of the table itself, or of a row that it may have.
    boolean sees(Right right, Snapshot.TableInstance table) {
        return allows(right, table.path()) || allows(right, SupportedDataModel.supportedPath(table.path()) + "{i}.");
    }

    /// Whether the supported data model, as this controller may know it, has the path.
    boolean knows(PathName path) {
        return knows(supported, path, requester.permissions());
    }

    /// As [#knows(PathName)].
    static boolean knows(SupportedDataModel supported, PathName path, Permissions permissions) {
        Optional<ObjectDefinition> definition = definition(supported, path.object());
        if (definition.isEmpty()) {
            return follows(path);
        }
        String object = definition.get().path();
        boolean seen = permissions.allows(Right.READ_OBJECT, object)
                || permissions.allows(Right.READ_ROW, object)
                || permissions.allows(Right.READ_OBJECT, object.replaceFirst("\\{i}\\.$", ""));
        return path.leafKind() == PathName.LeafKind.PARAMETER
                ? seen
                        && definition.get().parameter(path.leaf()).isPresent()
                        && permissions.allows(Right.READ_PARAMETER, object + path.leaf())
                : seen;
    }

    /// Why there is nothing at a path: what this controller may not know is not supported, and so is what
    /// really is not; of what it may know, this one is not there. The text is the same in both cases of each.
    UspException missing(PathName path) {
        return missing(supported, path, requester.permissions());
    }

    /// As [#missing(PathName)].
    static UspException missing(SupportedDataModel supported, PathName path, Permissions permissions) {
        if (!knows(supported, path.object(), permissions)) {
            return unsupported(path.object());
        }
        return knows(supported, path, permissions)
                ? new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "there is no " + path)
                : unsupported(path);
    }

    /// As [#missing(PathName)] for a Get, which has one code for both (R-GET.0, R-GET.1).
    UspException absent(PathName path) {
        return new UspException(
                StandardErrorCode.INVALID_PATH, missing(path).fault().errMsg());
    }

    static UspException unsupported(PathName path) {
        return new UspException(StandardErrorCode.INVALID_PATH, "not in the supported data model: " + path);
    }

    static boolean follows(PathName path) {
        return path.segments().stream().anyMatch(Segment.Follow.class::isInstance);
    }
}
