// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.RequestedObjectResult;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// GetSupportedDM: the definitions of objects and of what they hold, in supported form (R-GSP.0).
final class GetSupportedDmHandler {
    private final InstantiatedDataModel model;

    GetSupportedDmHandler(InstantiatedDataModel model) {
        this.model = model;
    }

    GetSupportedDmResponse handle(GetSupportedDmRequest request, Requester requester) {
        AnswerBudget budget = new AnswerBudget();
        request.objPaths().forEach(budget::requested);
        List<RequestedObjectResult> results = new ArrayList<>(request.objPaths().size());
        for (String path : request.objPaths()) {
            results.add(result(path, request, requester, budget));
        }
        return new GetSupportedDmResponse(results);
    }

    private RequestedObjectResult result(
            String text, GetSupportedDmRequest request, Requester requester, AnswerBudget budget) {
        try {
            PathName path = PathName.require(text);
            Permissions permissions = requester.permissions();
            ObjectDefinition object = definition(path, requester);
            DefinitionView view = new DefinitionView(permissions);
            List<SupportedObject> objects = new ArrayList<>();
            if (path.isObject()) {
                MountPoints mounts = new MountPoints(model, requester, path);
                if (!mounts.has(object)) {
                    throw new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "there is no " + path);
                }
                addObject(object, request, view, mounts, objects);
            } else {
                objects.add(view.element(object, path));
            }
            objects.forEach(budget::definition);
            return new RequestedObjectResult(
                    text, Optional.empty(), model.supported().uri(), objects);
        } catch (UspException refused) {
            budget.refused(refused);
            return new RequestedObjectResult(text, Optional.of(refused.fault()), "", List.of());
        }
    }

    /// The object with those beneath it; where its instances diverge, what they are instead.
    private static void addObject(
            ObjectDefinition object,
            GetSupportedDmRequest request,
            DefinitionView view,
            MountPoints mounts,
            List<SupportedObject> objects) {
        boolean seen = view.sees(object);
        List<String> divergent = mounts.divergent(object);
        if (!divergent.isEmpty()) {
            if (seen) {
                objects.add(view.divergent(object, divergent));
            }
            return;
        }
        if (seen) {
            objects.add(view.object(object, request));
        }
        for (ObjectDefinition child : mounts.children(object)) {
            if (!request.firstLevelOnly()) {
                addObject(child, request, view, mounts, objects);
            } else if (view.sees(child)) {
                List<String> apart = mounts.divergent(child);
                objects.add(apart.isEmpty() ? view.outline(child, request) : view.divergent(child, apart));
            }
        }
    }

    private ObjectDefinition definition(PathName path, Requester requester) {
        checkForm(path);
        ObjectDefinition object = PathReader.definition(model.supported(), path.object())
                .filter(found -> requester.permissions().allows(Right.READ_OBJECT, found.path()))
                .orElseThrow(() -> PathReader.unsupported(path));
        boolean instantiated = path.segments().stream().anyMatch(Segment.Instance.class::isInstance);
        if (instantiated && !exists(path, requester)) {
            throw new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "there is no " + path);
        }
        return object;
    }

    /// Whether an instantiated path names objects that are there; a table counts by what holds it.
    private boolean exists(PathName path, Requester requester) {
        PathReader reader = new PathReader(model, requester);
        List<Segment> segments = path.segments();
        int last = segments.size();
        while (last > 1 && !(segments.get(last - 1) instanceof Segment.Instance)) {
            last--;
        }
        PathName row = new PathName(segments.subList(0, last), PathName.LeafKind.OBJECT, "");
        return reader.objects(row).stream().anyMatch(object -> reader.allows(Right.READ_ROW, object.path()));
    }

    private static void checkForm(PathName path) {
        boolean supportedForm = false;
        for (Segment segment : path.segments()) {
            switch (segment) {
                case Segment.Name _ -> {}
                case Segment.Placeholder _ -> supportedForm = true;
                case Segment.Instance _ -> {
                    if (supportedForm) {
                        throw syntax("no Instance Number may follow {i}: " + path);
                    }
                }
                case Segment.Wildcard _, Segment.Search _, Segment.Follow _ ->
                    throw syntax("the supported data model knows no searches: " + path);
            }
        }
    }

    private static UspException syntax(String detail) {
        return new UspException(StandardErrorCode.INVALID_PATH_SYNTAX, detail);
    }
}
