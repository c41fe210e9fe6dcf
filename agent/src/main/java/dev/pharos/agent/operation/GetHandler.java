// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.ObjectRights;
import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetResponse.RequestedPathResult;
import dev.pharos.usp.message.GetResponse.ResolvedPathResult;
import dev.pharos.usp.path.PathName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Get: one result for each requested path, one resolved result for each object in it (R-GET.0 to R-GET.5).
final class GetHandler {
    private final InstantiatedDataModel model;

    GetHandler(InstantiatedDataModel model) {
        this.model = model;
    }

    GetResponse handle(GetRequest request, Requester requester) {
        PathReader reader = new PathReader(model, requester);
        AnswerBudget budget = new AnswerBudget();
        request.paramPaths().forEach(budget::requested);
        List<RequestedPathResult> results = new ArrayList<>(request.paramPaths().size());
        for (String path : request.paramPaths()) {
            results.add(result(path, request.maxDepth(), reader, requester.permissions(), budget));
        }
        return new GetResponse(results);
    }

    private RequestedPathResult result(
            String text, int maxDepth, PathReader reader, Permissions permissions, AnswerBudget budget) {
        try {
            PathName path = PathName.require(text);
            List<ResolvedPathResult> resolved = switch (path.leafKind()) {
                case PARAMETER -> parameters(path, reader, permissions, budget);
                case OBJECT -> objects(path, maxDepth, reader, permissions, budget);
                case COMMAND, EVENT -> throw invalid("a Get reads parameters and objects, not " + text);
            };
            return new RequestedPathResult(text, Optional.empty(), resolved);
        } catch (UspException refused) {
            budget.refused(refused);
            return new RequestedPathResult(text, Optional.of(refused.fault()), List.of());
        }
    }

    /// A parameter of every object that the path stands for; the object is the resolved path (R-GET.2,
    /// R-GET.3).
    private List<ResolvedPathResult> parameters(
            PathName path, PathReader reader, Permissions permissions, AnswerBudget budget) {
        String name = path.leaf();
        Optional<ObjectDefinition> definition = PathReader.definition(model.supported(), path.object());
        if (definition.isPresent() && definition.get().parameter(name).isEmpty()) {
            throw reader.absent(path);
        }
        List<ResolvedPathResult> results = new ArrayList<>();
        for (ObjectInstance object : reader.objects(path.object())) {
            Optional<ParameterDefinition> parameter = object.definition().parameter(name);
            ObjectRights rights = permissions.on(object.path());
            boolean visible = rights.allows(Right.READ_OBJECT) && rights.allows(Right.READ_PARAMETER, name);
            if (parameter.isPresent() && visible) {
                object.value(name)
                        .map(value -> Map.of(name, permissions.shown(object.path(), parameter.get(), value)))
                        .ifPresent(values -> {
                            budget.object(object.path(), values);
                            results.add(new ResolvedPathResult(object.path(), values));
                        });
            }
        }
        if (results.isEmpty() && (!path.isSearch() || !reader.knows(path))) {
            throw reader.absent(path);
        }
        return results;
    }

    private List<ResolvedPathResult> objects(
            PathName path, int maxDepth, PathReader reader, Permissions permissions, AnswerBudget budget) {
        Collection into = new Collection(maxDepth, permissions, budget, new ArrayList<>());
        Optional<List<Snapshot.TableInstance>> tables = reader.tables(path);
        int found = 0;
        if (tables.isPresent()) {
            for (Snapshot.TableInstance table : tables.get()) {
                if (reader.sees(Right.READ_OBJECT, table)) {
                    found++;
                    table.rows().forEach(row -> into.collect(row, 1));
                }
            }
        } else {
            for (ObjectInstance object : reader.objects(path)) {
                if (permissions.on(object.path()).allows(Right.READ_OBJECT)) {
                    found++;
                    into.collect(object, 1);
                }
            }
        }
        if (found == 0 && (!path.isSearch() || !reader.knows(path))) {
            throw reader.absent(path);
        }
        return into.results();
    }

    /// Gathers objects and what is beneath them.
    private record Collection(
            int maxDepth, Permissions permissions, AnswerBudget budget, List<ResolvedPathResult> results) {

        /// Goes on beneath what may not be read, since the controller may know of something there.
        ///
        /// @param depth of this object, 1 for the requested one (R-GET.5)
        void collect(ObjectInstance object, int depth) {
            ObjectRights rights = permissions.on(object.path());
            if (rights.allows(Right.READ_OBJECT)
                    && !object.definition().parameters().isEmpty()) {
                Map<String, String> values = new LinkedHashMap<>();
                for (ParameterDefinition parameter : object.definition().parameters()) {
                    String name = parameter.name();
                    if (rights.allows(Right.READ_PARAMETER, name)) {
                        object.value(name)
                                .ifPresent(
                                        value -> values.put(name, permissions.shown(object.path(), parameter, value)));
                    }
                }
                budget.object(object.path(), values);
                results.add(new ResolvedPathResult(object.path(), Frozen.adopt(values)));
            }
            if (maxDepth != 0 && Integer.compareUnsigned(depth, maxDepth) >= 0) {
                return;
            }
            for (ObjectInstance child : object.children()) {
                collect(child, depth + 1);
            }
        }
    }

    private static UspException invalid(String detail) {
        return new UspException(StandardErrorCode.INVALID_PATH, detail);
    }
}
