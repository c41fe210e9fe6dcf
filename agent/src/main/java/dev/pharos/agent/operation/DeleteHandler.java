// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.DeleteResponse.DeletedObjectResult;
import dev.pharos.usp.message.DeleteResponse.OperationFailure;
import dev.pharos.usp.message.DeleteResponse.OperationSuccess;
import dev.pharos.usp.message.DeleteResponse.UnaffectedPathError;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.ArrayList;
import java.util.List;

/// Delete: removes rows (R-DEL.0 to R-DEL.4).
final class DeleteHandler {
    private final InstantiatedDataModel model;
    private final RequestedChange change;

    DeleteHandler(InstantiatedDataModel model) {
        this.model = model;
        this.change = new RequestedChange(model);
    }

    Body handle(DeleteRequest request, Requester requester) {
        Permissions permissions = requester.permissions();
        AnswerBudget budget = new AnswerBudget();
        request.objPaths().forEach(budget::requested);
        if (!request.allowPartial()) {
            return whole(request, permissions, budget);
        }
        List<DeletedObjectResult> results = new ArrayList<>();
        for (String path : request.objPaths()) {
            results.add(partial(path, permissions, budget));
        }
        return new DeleteResponse(results);
    }

    /// One path; each row in a transaction of its own, so that one that cannot go does not keep the others
    /// (R-DEL.0, R-DEL.3).
    private DeletedObjectResult partial(String text, Permissions permissions, AnswerBudget budget) {
        try {
            List<String> affected = new ArrayList<>();
            List<UnaffectedPathError> unaffected = new ArrayList<>();
            for (ObjectInstance row : rows(PathName.require(text), model.snapshot(), permissions, budget)) {
                try {
                    change.write(permissions, transaction -> {
                        delete(transaction, row.path(), permissions);
                        return row;
                    });
                    affected.add(row.path());
                } catch (UspException refused) {
                    unaffected.add(new UnaffectedPathError(row.path(), refused.fault()));
                }
            }
            return new DeletedObjectResult(text, new OperationSuccess(affected, unaffected));
        } catch (UspException refused) {
            return new DeletedObjectResult(text, new OperationFailure(refused.fault()));
        } catch (MessageRefusal tooLarge) {
            // what was deleted before stays so, and is told
            return new DeletedObjectResult(
                    text, new OperationFailure(tooLarge.error().fault()));
        }
    }

    /// All paths in one transaction (R-DEL.1).
    private Body whole(DeleteRequest request, Permissions permissions, AnswerBudget budget) {
        try {
            List<DeletedObjectResult> results = change.write(permissions, transaction -> {
                MessageRefusal.Collector failures = new MessageRefusal.Collector();
                Snapshot before = transaction.snapshot();
                List<DeletedObjectResult> deleted = new ArrayList<>();
                for (String text : request.objPaths()) {
                    try {
                        deleted.add(required(text, before, transaction, permissions, budget));
                    } catch (UspException refused) {
                        failures.object(text, refused.fault());
                    }
                }
                failures.throwIfAny();
                return deleted;
            });
            return new DeleteResponse(results);
        } catch (MessageRefusal refusal) {
            return refusal.error();
        } catch (UspException refused) {
            return new UspError(refused.fault());
        }
    }

    private DeletedObjectResult required(
            String text, Snapshot before, Transaction transaction, Permissions permissions, AnswerBudget budget) {
        PathName path = PathName.require(text);
        List<ObjectInstance> rows = rows(path, before, permissions, budget);
        if (rows.isEmpty() && !path.isSearch()) {
            throw PathReader.missing(model.supported(), path, permissions);
        }
        List<String> affected = new ArrayList<>();
        for (ObjectInstance row : rows) {
            // An earlier path of this message may have taken the row along with its parent.
            if (transaction.snapshot().object(row.path()).isPresent()) {
                delete(transaction, row.path(), permissions);
            }
            affected.add(row.path());
        }
        return new DeletedObjectResult(text, new OperationSuccess(affected, List.of()));
    }

    private static void delete(Transaction transaction, String row, Permissions permissions) {
        if (!permissions.allows(Right.DELETE_ROW, row)) {
            throw new UspException(StandardErrorCode.PERMISSION_DENIED, "not to be deleted by this controller: " + row);
        }
        transaction.delete(row);
    }

    /// The rows of an instance or search path that this controller can see (R-DEL.2, R-DEL.4).
    private List<ObjectInstance> rows(PathName path, Snapshot snapshot, Permissions permissions, AnswerBudget budget) {
        if (!path.isSearch() && !PathReader.knows(model.supported(), path.object(), permissions)) {
            throw PathReader.unsupported(path.object());
        }
        boolean row = path.isObject()
                && (PathReader.follows(path)
                        || (!(path.segments().getLast() instanceof Segment.Name)
                                && PathReader.definition(model.supported(), path)
                                        .map(ObjectDefinition::isTable)
                                        .orElse(false)));
        List<ObjectInstance> objects = snapshot.resolve(path, permissions.readable());
        if (!row || objects.stream().anyMatch(found -> found.instanceNumber().isEmpty())) {
            throw new UspException(notAnInstance(path));
        }
        List<ObjectInstance> rows = objects.stream()
                .filter(found -> permissions.on(found.path()).allows(Right.READ_ROW))
                .toList();
        rows.forEach(found -> budget.object(found.path()));
        return rows;
    }

    private static Fault notAnInstance(PathName path) {
        return new Fault(StandardErrorCode.DELETE_FAILURE, "only rows can be deleted: " + path);
    }
}
