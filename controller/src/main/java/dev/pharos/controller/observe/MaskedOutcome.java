// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.SetResponse;

/// What became of the parts of a request, with its secrets masked: devices quote what they refuse, and repeat what they
/// took.
///
/// @param masking what knows the secrets of the Message
record MaskedOutcome(Masking masking) {

    SetResponse.UpdatedObjectResult set(SetResponse.UpdatedObjectResult result) {
        return new SetResponse.UpdatedObjectResult(
                masking.path(result.requestedPath()), status(result.operationStatus()));
    }

    private SetResponse.OperationStatus status(SetResponse.OperationStatus status) {
        return switch (status) {
            case SetResponse.OperationFailure failure ->
                new SetResponse.OperationFailure(
                        masking.fault(failure.fault()),
                        Masking.each(
                                failure.updatedInstanceFailures(),
                                row -> new SetResponse.UpdatedInstanceFailure(
                                        masking.path(row.affectedPath()),
                                        masking.errors(row.affectedPath(), row.paramErrors()))));
            case SetResponse.OperationSuccess success ->
                new SetResponse.OperationSuccess(Masking.each(
                        success.updatedInstanceResults(),
                        row -> new SetResponse.UpdatedInstanceResult(
                                masking.path(row.affectedPath()),
                                masking.errors(row.affectedPath(), row.paramErrors()),
                                masking.values(row.affectedPath(), row.updatedParams()))));
        };
    }

    AddResponse.CreatedObjectResult added(AddResponse.CreatedObjectResult result) {
        AddResponse.OperationStatus status = switch (result.operationStatus()) {
            case AddResponse.OperationFailure failure ->
                new AddResponse.OperationFailure(masking.fault(failure.fault()));
            case AddResponse.OperationSuccess success ->
                new AddResponse.OperationSuccess(
                        masking.path(success.instantiatedPath()),
                        masking.errors(success.instantiatedPath(), success.paramErrors()),
                        masking.values(success.instantiatedPath(), success.uniqueKeys()));
        };
        return new AddResponse.CreatedObjectResult(masking.path(result.requestedPath()), status);
    }

    DeleteResponse.DeletedObjectResult deleted(DeleteResponse.DeletedObjectResult result) {
        DeleteResponse.OperationStatus status = switch (result.operationStatus()) {
            case DeleteResponse.OperationFailure failure ->
                new DeleteResponse.OperationFailure(masking.fault(failure.fault()));
            case DeleteResponse.OperationSuccess success ->
                new DeleteResponse.OperationSuccess(
                        masking.paths(success.affectedPaths()),
                        Masking.each(
                                success.unaffectedPathErrors(),
                                stayed -> new DeleteResponse.UnaffectedPathError(
                                        masking.path(stayed.unaffectedPath()), masking.fault(stayed.fault()))));
        };
        return new DeleteResponse.DeletedObjectResult(masking.path(result.requestedPath()), status);
    }

    OperateResponse.OperationResult done(OperateResponse.OperationResult result) {
        OperateResponse.OperationOutcome outcome = switch (result.outcome()) {
            case OperateResponse.RequestObject request -> request;
            case OperateResponse.OutputArgs output ->
                new OperateResponse.OutputArgs(masking.values(result.executedCommand() + ".", output.outputArgs()));
            case OperateResponse.CommandFailure failure ->
                new OperateResponse.CommandFailure(masking.fault(failure.fault()));
        };
        return new OperateResponse.OperationResult(masking.path(result.executedCommand()), outcome);
    }
}
