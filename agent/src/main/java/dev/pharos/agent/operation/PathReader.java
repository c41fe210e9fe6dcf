// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.List;
import java.util.Optional;

/// What handlers ask of paths, always with the eyes of one controller.
final class PathReader {
    private final Snapshot snapshot;
    private final Requester requester;

    PathReader(Snapshot snapshot, Requester requester) {
        this.snapshot = snapshot;
        this.requester = requester;
    }

    Snapshot snapshot() {
        return snapshot;
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

    static boolean follows(PathName path) {
        return path.segments().stream().anyMatch(Segment.Follow.class::isInstance);
    }

    static Fault fault(StandardErrorCode code, String detail) {
        return new Fault(code, detail);
    }
}
