// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.ObjectRights;
import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetInstancesResponse.CurrentInstance;
import dev.pharos.usp.message.GetInstancesResponse.RequestedPathResult;
import dev.pharos.usp.path.PathName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// GetInstances: the rows of tables with their keys; of a path that names rows, those rows (R-GIN.0,
/// R-GIN.1).
final class GetInstancesHandler {
    private final InstantiatedDataModel model;

    GetInstancesHandler(InstantiatedDataModel model) {
        this.model = model;
    }

    GetInstancesResponse handle(GetInstancesRequest request, Requester requester) {
        PathReader reader = new PathReader(model, requester);
        AnswerBudget budget = new AnswerBudget();
        request.objPaths().forEach(budget::requested);
        List<RequestedPathResult> results = new ArrayList<>(request.objPaths().size());
        for (String path : request.objPaths()) {
            results.add(result(path, request.firstLevelOnly(), reader, requester.permissions(), budget));
        }
        return new GetInstancesResponse(results);
    }

    private RequestedPathResult result(
            String text, boolean firstLevelOnly, PathReader reader, Permissions permissions, AnswerBudget budget) {
        try {
            PathName path = PathName.require(text);
            if (!path.isObject()) {
                throw new UspException(
                        StandardErrorCode.OBJECT_IS_NOT_A_TABLE, "the path of a table ends with a dot: " + text);
            }
            List<CurrentInstance> instances = new ArrayList<>();
            for (ObjectInstance row : rows(path, reader, permissions)) {
                collect(row, firstLevelOnly, permissions, budget, instances);
            }
            return new RequestedPathResult(text, Optional.empty(), instances);
        } catch (UspException refused) {
            budget.refused(refused);
            return new RequestedPathResult(text, Optional.of(refused.fault()), List.of());
        }
    }

    private List<ObjectInstance> rows(PathName path, PathReader reader, Permissions permissions) {
        Optional<List<Snapshot.TableInstance>> tables = reader.tables(path);
        if (tables.isPresent()) {
            List<Snapshot.TableInstance> visible = tables.get().stream()
                    .filter(table -> reader.sees(Right.READ_ROW, table) || reader.sees(Right.READ_OBJECT, table))
                    .toList();
            if (visible.isEmpty() && !path.isSearch()) {
                throw reader.missing(path);
            }
            return visible.stream().flatMap(table -> table.rows().stream()).toList();
        }
        List<ObjectInstance> objects = reader.objects(path);
        boolean rows = PathReader.definition(model.supported(), path)
                .map(definition -> definition.isTable())
                .orElseGet(() ->
                        objects.stream().allMatch(object -> object.definition().isTable()));
        if (!rows) {
            boolean known = objects.stream()
                    .anyMatch(object -> permissions.on(object.path()).allows(Right.READ_OBJECT));
            throw known || path.isSearch()
                    ? new UspException(StandardErrorCode.OBJECT_IS_NOT_A_TABLE, "not a table: " + path)
                    : reader.missing(path);
        }
        List<ObjectInstance> visible = objects.stream()
                .filter(object -> permissions.on(object.path()).allows(Right.READ_ROW))
                .toList();
        if (visible.isEmpty() && !path.isSearch()) {
            throw reader.missing(path);
        }
        return visible;
    }

    private static void collect(
            ObjectInstance object,
            boolean firstLevelOnly,
            Permissions permissions,
            AnswerBudget budget,
            List<CurrentInstance> instances) {
        if (object.instanceNumber().isPresent()) {
            if (!permissions.on(object.path()).allows(Right.READ_ROW)) {
                return;
            }
            Map<String, String> keys = keys(object, permissions);
            budget.object(object.path(), keys);
            instances.add(new CurrentInstance(object.path(), keys));
        }
        if (!firstLevelOnly) {
            object.children().forEach(child -> collect(child, false, permissions, budget, instances));
        }
    }

    /// The keys of a row that this controller may read (R-GIN.1, R-ADD.6).
    static Map<String, String> keys(ObjectInstance row, Permissions permissions) {
        Map<String, String> keys = new LinkedHashMap<>();
        ObjectRights rights = permissions.on(row.path());
        row.uniqueKeys().forEach((name, value) -> {
            if (rights.allows(Right.READ_PARAMETER, name)) {
                keys.put(name, permissions.shown(row, name, value));
            }
        });
        return keys;
    }
}
