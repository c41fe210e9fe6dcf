// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.ObjectRights;
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
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.AddResponse.CreatedObjectResult;
import dev.pharos.usp.message.AddResponse.OperationFailure;
import dev.pharos.usp.message.AddResponse.OperationSuccess;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.path.PathName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Add: creates rows, with unique keys always required (R-ADD.0 to R-ADD.6).
final class AddHandler {
    private final InstantiatedDataModel model;
    private final RequestedChange change;

    AddHandler(InstantiatedDataModel model) {
        this.model = model;
        this.change = new RequestedChange(model);
    }

    /// A table that is to get a row.
    private record Target(CreateObject object, String table, Predicate<ParameterSetting> required) {
        List<ParameterSetting> optional() {
            return object.paramSettings().stream().filter(required.negate()).toList();
        }
    }

    private record Created(Target target, Written written) {}

    Body handle(AddRequest request, Requester requester) {
        AnswerBudget budget = new AnswerBudget();
        request.createObjects().forEach(object -> budget.requested(object.objPath()));
        return request.allowPartial()
                ? partial(request, requester.permissions(), budget)
                : whole(request, requester.permissions(), budget);
    }

    /// Each row in a transaction of its own (R-ADD.0).
    private AddResponse partial(AddRequest request, Permissions permissions, AnswerBudget budget) {
        List<CreatedObjectResult> results = new ArrayList<>();
        for (CreateObject object : request.createObjects()) {
            try {
                for (Target target : targets(object, model.snapshot(), permissions, budget)) {
                    results.add(alone(target, permissions));
                }
            } catch (UspException refused) {
                results.add(new CreatedObjectResult(object.objPath(), new OperationFailure(refused.fault())));
            } catch (MessageRefusal tooLarge) {
                // what was added before stays, and is told
                results.add(new CreatedObjectResult(
                        object.objPath(), new OperationFailure(tooLarge.error().fault())));
            }
        }
        return new AddResponse(results);
    }

    private CreatedObjectResult alone(Target target, Permissions permissions) {
        try {
            Created created = SettingWriter.withoutRefused(
                    target.optional(),
                    leftOut -> change.write(permissions, transaction -> {
                        Created made =
                                create(transaction, target, new SettingWriter(permissions, leftOut), permissions);
                        if (made.written().failed()) {
                            throw new UspException(requiredFailed(made.written().errors()));
                        }
                        return made;
                    }));
            return success(created, model.snapshot(), permissions);
        } catch (UspException refused) {
            return new CreatedObjectResult(target.object().objPath(), new OperationFailure(refused.fault()));
        }
    }

    /// All rows in one transaction (R-ADD.1, R-ADD.2a).
    private Body whole(AddRequest request, Permissions permissions, AnswerBudget budget) {
        try {
            List<Target> targets = new ArrayList<>();
            MessageRefusal.Collector failures = new MessageRefusal.Collector();
            Snapshot before = model.snapshot();
            for (CreateObject object : request.createObjects()) {
                try {
                    targets.addAll(targets(object, before, permissions, budget));
                } catch (UspException refused) {
                    failures.object(object.objPath(), refused.fault());
                }
            }
            failures.throwIfAny();
            List<ParameterSetting> optional = targets.stream()
                    .flatMap(target -> target.optional().stream())
                    .toList();
            List<Created> created = SettingWriter.withoutRefused(
                    optional,
                    leftOut -> change.write(
                            permissions,
                            transaction -> createAll(
                                    transaction, targets, new SettingWriter(permissions, leftOut), permissions)));
            Snapshot after = model.snapshot();
            return new AddResponse(created.stream()
                    .map(one -> success(one, after, permissions))
                    .toList());
        } catch (MessageRefusal refusal) {
            return refusal.error();
        } catch (UspException refused) {
            return new UspError(refused.fault());
        }
    }

    private static List<Created> createAll(
            Transaction transaction, List<Target> targets, SettingWriter writer, Permissions permissions) {
        MessageRefusal.Collector failures = new MessageRefusal.Collector();
        List<Created> created = new ArrayList<>(targets.size());
        for (Target target : targets) {
            try {
                Created made = create(transaction, target, writer, permissions);
                created.add(made);
                if (made.written().failed()) {
                    // No row is left to name, so the table's path stands for it.
                    failures.parameters(target.table(), made.written().errors());
                }
            } catch (UspException refused) {
                failures.object(target.object().objPath(), refused.fault());
            }
        }
        failures.throwIfAny();
        return created;
    }

    private static Created create(
            Transaction transaction, Target target, SettingWriter writer, Permissions permissions) {
        if (!permissions.allows(Right.ADD_ROW, target.table())) {
            throw new UspException(StandardErrorCode.PERMISSION_DENIED, "no rows may be added to " + target.table());
        }
        String row = transaction.add(target.table());
        return new Created(
                target, writer.write(transaction, row, target.object().paramSettings(), target.required()));
    }

    private List<Target> targets(CreateObject object, Snapshot snapshot, Permissions permissions, AnswerBudget budget) {
        PathName path = PathName.require(object.objPath());
        if (!path.isObject()) {
            throw new UspException(
                    StandardErrorCode.INVALID_PATH_SYNTAX, "the path of a table ends with a dot: " + path);
        }
        List<Target> targets = new ArrayList<>();
        for (Snapshot.TableInstance table : snapshot.resolveTables(path, permissions.readable())) {
            ObjectRights rights = permissions.on(table.path());
            if (rights.allows(Right.READ_OBJECT) || rights.allows(Right.ADD_ROW)) {
                budget.object(table.path(), object.paramSettings());
                targets.add(new Target(object, table.path(), required(table)));
            }
        }
        if (targets.isEmpty() && !path.isSearch()) {
            throw PathReader.missing(model.supported(), path, permissions);
        }
        return targets;
    }

    /// Keys are required whatever the message says, since a row without one of them would not be the row that
    /// was asked for.
    private Predicate<ParameterSetting> required(Snapshot.TableInstance table) {
        Set<String> keys = model.supported()
                .object(table.holder().definition().path() + table.name() + ".{i}.")
                .map(definition -> definition.uniqueKeys().stream()
                        .flatMap(key -> key.parameters().stream())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        return setting -> setting.required() || keys.contains(setting.param());
    }

    private static CreatedObjectResult success(Created created, Snapshot after, Permissions permissions) {
        String row = created.written().objectPath();
        Optional<ObjectInstance> instance = after.object(row);
        Map<String, String> keys = instance.map(found -> GetInstancesHandler.keys(found, permissions))
                .orElse(Map.of());
        return new CreatedObjectResult(
                created.target().object().objPath(),
                new OperationSuccess(row, created.written().optionalErrors(), keys));
    }

    private static Fault requiredFailed(List<ParameterError> errors) {
        ParameterError first = errors.getFirst();
        return new Fault(
                StandardErrorCode.REQUIRED_PARAMETER_FAILED,
                "a required parameter failed: " + first.param() + ": " + first.fault());
    }
}
