// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.agent.operation.SettingWriter.Written;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.SetResponse.OperationFailure;
import dev.pharos.usp.message.SetResponse.OperationSuccess;
import dev.pharos.usp.message.SetResponse.UpdatedInstanceFailure;
import dev.pharos.usp.message.SetResponse.UpdatedInstanceResult;
import dev.pharos.usp.message.SetResponse.UpdatedObjectResult;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.path.PathName;
import java.util.ArrayList;
import java.util.List;

/// Set: writes parameters of objects; a search path is all or nothing whatever `allow_partial` says (R-SET.0
/// to R-SET.3).
final class SetHandler {
    private final InstantiatedDataModel model;
    private final RequestedChange change;

    SetHandler(InstantiatedDataModel model) {
        this.model = model;
        this.change = new RequestedChange(model);
    }

    Body handle(SetRequest request, Requester requester) {
        Permissions permissions = requester.permissions();
        AnswerBudget budget = new AnswerBudget();
        request.updateObjects().forEach(object -> budget.requested(object.objPath()));
        if (request.allowPartial()) {
            List<UpdatedObjectResult> results = new ArrayList<>();
            for (UpdateObject object : request.updateObjects()) {
                results.add(alone(object, permissions, budget));
            }
            return new SetResponse(results);
        }
        try {
            return SettingWriter.withoutRefused(
                    optional(request.updateObjects()),
                    leftOut -> change.write(
                            permissions,
                            transaction -> together(
                                    transaction,
                                    request,
                                    new SettingWriter(permissions, leftOut),
                                    permissions,
                                    budget.attempt())));
        } catch (MessageRefusal refusal) {
            return refusal.error();
        } catch (UspException refused) {
            return new UspError(refused.fault());
        }
    }

    /// One object of a message with `allow_partial`, in a transaction of its own (R-SET.0).
    private UpdatedObjectResult alone(UpdateObject object, Permissions permissions, AnswerBudget budget) {
        try {
            return SettingWriter.withoutRefused(
                    optional(List.of(object)),
                    leftOut -> change.write(permissions, transaction -> {
                        SettingWriter writer = new SettingWriter(permissions, leftOut);
                        Transaction.Savepoint before = transaction.savepoint();
                        AnswerBudget attempt = budget.attempt();
                        List<Written> written = write(transaction, object, writer, permissions, attempt);
                        budget.accept(attempt);
                        if (written.stream().anyMatch(Written::failed)) {
                            transaction.rollbackTo(before);
                            return new UpdatedObjectResult(object.objPath(), failure(written));
                        }
                        return success(transaction.snapshot(), object, written, writer);
                    }));
        } catch (UspException refused) {
            return new UpdatedObjectResult(object.objPath(), new OperationFailure(refused.fault(), List.of()));
        } catch (MessageRefusal tooLarge) {
            // what was written before stays, and is told
            return new UpdatedObjectResult(
                    object.objPath(), new OperationFailure(tooLarge.error().fault(), List.of()));
        }
    }

    /// All objects of a message without `allow_partial`, in one transaction (R-SET.1).
    private SetResponse together(
            Transaction transaction,
            SetRequest request,
            SettingWriter writer,
            Permissions permissions,
            AnswerBudget budget) {
        MessageRefusal.Collector failures = new MessageRefusal.Collector();
        List<List<Written>> all = new ArrayList<>();
        for (UpdateObject object : request.updateObjects()) {
            try {
                List<Written> written = write(transaction, object, writer, permissions, budget);
                all.add(written);
                written.stream()
                        .filter(Written::failed)
                        .forEach(one -> failures.parameters(one.objectPath(), one.errors()));
            } catch (UspException refused) {
                failures.object(object.objPath(), refused.fault());
            }
        }
        failures.throwIfAny();
        List<UpdatedObjectResult> results = new ArrayList<>();
        Snapshot after = transaction.snapshot();
        for (int i = 0; i < all.size(); i++) {
            results.add(success(after, request.updateObjects().get(i), all.get(i), writer));
        }
        return new SetResponse(results);
    }

    private List<Written> write(
            Transaction transaction,
            UpdateObject object,
            SettingWriter writer,
            Permissions permissions,
            AnswerBudget budget) {
        PathName path = PathName.require(object.objPath());
        if (!path.isObject()) {
            throw new UspException(
                    StandardErrorCode.INVALID_PATH_SYNTAX, "the path of an object ends with a dot: " + path);
        }
        List<ObjectInstance> objects = transaction.snapshot().resolve(path, permissions.readable()).stream()
                .filter(found -> reaches(found, object.paramSettings(), permissions))
                .toList();
        if (objects.isEmpty() && !path.isSearch()) {
            throw PathReader.missing(model.supported(), path, permissions);
        }
        objects.forEach(found -> budget.object(found.path(), object.paramSettings()));
        List<Written> written = new ArrayList<>(objects.size());
        for (ObjectInstance found : objects) {
            written.add(writer.write(transaction, found.path(), object.paramSettings(), ParameterSetting::required));
        }
        return written;
    }

    /// Whether an object is there for this controller: to be read, or to be written to.
    private static boolean reaches(ObjectInstance object, List<ParameterSetting> settings, Permissions permissions) {
        return permissions.on(object.path()).allows(Right.READ_OBJECT)
                || settings.stream()
                        .anyMatch(
                                setting -> permissions.allows(Right.WRITE_PARAMETER, object.path() + setting.param()));
    }

    private static UpdatedObjectResult success(
            Snapshot after, UpdateObject object, List<Written> written, SettingWriter writer) {
        List<UpdatedInstanceResult> instances = written.stream()
                .map(one ->
                        new UpdatedInstanceResult(one.objectPath(), one.optionalErrors(), writer.values(after, one)))
                .toList();
        return new UpdatedObjectResult(object.objPath(), new OperationSuccess(instances));
    }

    private static OperationFailure failure(List<Written> written) {
        List<UpdatedInstanceFailure> failures = written.stream()
                .filter(Written::failed)
                .map(one -> new UpdatedInstanceFailure(one.objectPath(), one.errors()))
                .toList();
        String first = failures.getFirst().paramErrors().getFirst().param();
        return new OperationFailure(
                new Fault(StandardErrorCode.REQUIRED_PARAMETER_FAILED, "a required parameter failed: " + first),
                failures);
    }

    private static List<ParameterSetting> optional(List<UpdateObject> objects) {
        return objects.stream()
                .flatMap(object -> object.paramSettings().stream())
                .filter(setting -> !setting.required())
                .toList();
    }
}
