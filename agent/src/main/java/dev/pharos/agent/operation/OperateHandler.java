// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.OperateResponse.CommandFailure;
import dev.pharos.usp.message.OperateResponse.OperationOutcome;
import dev.pharos.usp.message.OperateResponse.OperationResult;
import dev.pharos.usp.message.OperateResponse.OutputArgs;
import dev.pharos.usp.message.OperateResponse.RequestObject;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.path.PathName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Operate: runs a command on each object that the path stands for; a synchronous one to its end, an
/// asynchronous one on a thread of its own (R-OPR.0 to R-OPR.7). What goes wrong with a command is told in
/// its result, never as an Error.
final class OperateHandler {
    private final InstantiatedDataModel model;
    private final AsyncCommands asynchronous;

    OperateHandler(InstantiatedDataModel model, AsyncCommands asynchronous) {
        this.model = model;
        this.asynchronous = asynchronous;
    }

    /// @return an Error only where the message itself is bad
    Body handle(OperateRequest request, Requester requester) {
        PathName path;
        try {
            path = PathName.require(request.command());
        } catch (UspException malformed) {
            return new UspError(malformed.fault());
        }
        if (path.leafKind() != PathName.LeafKind.COMMAND) {
            return new UspError(new Fault(StandardErrorCode.INVALID_PATH_SYNTAX, "not a command: " + path));
        }
        try {
            List<OperationResult> results = new ArrayList<>();
            for (ObjectInstance object : objects(path, requester)) {
                String command = object.path() + path.leaf() + "()";
                results.add(new OperationResult(command, run(command, object, path, request, requester)));
            }
            return new OperateResponse(results);
        } catch (UspException refused) {
            return new OperateResponse(
                    List.of(new OperationResult(request.command(), new CommandFailure(refused.fault()))));
        }
    }

    private List<ObjectInstance> objects(PathName path, Requester requester) {
        String name = path.leaf() + "()";
        var definition = PathReader.definition(model.supported(), path.object());
        PathReader reader = new PathReader(model, requester);
        if (definition.isPresent()
                && (definition.get().command(name).isEmpty()
                        || !mayKnow(requester, definition.get().path(), name))) {
            throw PathReader.unsupported(reader.knows(path.object()) ? path : path.object());
        }
        List<ObjectInstance> objects = reader.objects(path.object()).stream()
                .filter(object -> mayKnow(requester, object.path(), name))
                .toList();
        if (objects.isEmpty() && !path.isSearch()) {
            throw new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "there is no " + path.object());
        }
        if (objects.size() > Limits.OBJECTS_PER_OPERATE) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED,
                    "an Operate may address " + Limits.OBJECTS_PER_OPERATE + " objects, not " + objects.size());
        }
        return objects;
    }

    /// Whether this controller may run the command or at least see it; else there is none.
    private static boolean mayKnow(Requester requester, String objectPath, String command) {
        return requester.permissions().allows(Right.OPERATE, objectPath + command)
                || requester.permissions().allows(Right.READ_COMMAND_OR_EVENT, objectPath + command);
    }

    private OperationOutcome run(
            String command, ObjectInstance object, PathName path, OperateRequest request, Requester requester) {
        try {
            if (!requester.permissions().allows(Right.OPERATE, command)) {
                throw new UspException(StandardErrorCode.PERMISSION_DENIED, command);
            }
            CommandDefinition definition = object.definition()
                    .command(path.leaf() + "()")
                    .orElseThrow(() -> new UspException(StandardErrorCode.INVALID_PATH, "there is no " + command));
            requireArguments(definition, request.inputArgs());
            if (definition.asynchronous()) {
                return new RequestObject(
                        asynchronous.start(requester, command, request.commandKey(), request.inputArgs()));
            }
            return new OutputArgs(requester.<Map<String, String>, InterruptedException>command(
                    request.commandKey(), () -> model.operate(command, request.inputArgs())));
        } catch (UspException refused) {
            return new CommandFailure(refused.fault());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new CommandFailure(new Fault(StandardErrorCode.COMMAND_FAILURE, "the agent stops"));
        }
    }

    /// Asked before an asynchronous command gets its row, since without them it is not carried out at all
    /// (R-OPR.5).
    private static void requireArguments(CommandDefinition definition, Map<String, String> inputs) {
        for (var argument : definition.inputs()) {
            if (argument.mandatory() && !argument.name().contains("{i}") && !inputs.containsKey(argument.name())) {
                throw new UspException(
                        StandardErrorCode.INVALID_COMMAND_ARGUMENTS,
                        definition.name() + " needs the argument " + argument.name());
            }
        }
    }
}
