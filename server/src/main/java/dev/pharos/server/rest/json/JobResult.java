// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.usp.Fault;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.DeregisterResponse;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One line of what a device answered to a step of a job: a value, or a fault.
///
/// @param step from 1
/// @param path of the parameter, row or command that it is about
/// @param value left out for a fault
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResult(
        int step,
        String path,
        @Nullable String value,
        @Nullable Integer errCode,
        @Nullable String errMsg) {

    static List<JobResult> of(int step, Response response) {
        Lines lines = new Lines(step, new ArrayList<>());
        switch (response) {
            case GetResponse got ->
                got.requestedPathResults().forEach(path -> {
                    lines.fault(path.requestedPath(), path.fault());
                    path.resolvedPathResults()
                            .forEach(object -> lines.values(object.resolvedPath(), object.resultParams()));
                });
            case SetResponse set ->
                set.updatedObjectResults()
                        .forEach(object -> lines.set(object.requestedPath(), object.operationStatus()));
            case AddResponse added ->
                added.createdObjectResults()
                        .forEach(object -> lines.added(object.requestedPath(), object.operationStatus()));
            case DeleteResponse deleted ->
                deleted.deletedObjectResults()
                        .forEach(object -> lines.deleted(object.requestedPath(), object.operationStatus()));
            case OperateResponse done ->
                done.operationResults()
                        .forEach(command -> lines.operated(command.executedCommand(), command.outcome()));
            case GetInstancesResponse got ->
                got.requestedPathResults().forEach(path -> {
                    lines.fault(path.requestedPath(), path.fault());
                    path.currentInstances().forEach(row -> lines.row(row.instantiatedObjPath(), row.uniqueKeys()));
                });
            case GetSupportedDmResponse _,
                    GetSupportedProtocolResponse _,
                    NotifyResponse _,
                    RegisterResponse _,
                    DeregisterResponse _ ->
                throw new IllegalArgumentException("no answer to a step of a job: " + response);
        }
        return lines.all();
    }

    private record Lines(int step, List<JobResult> all) {
        void value(String path, String value) {
            all.add(new JobResult(step, path, value, null, null));
        }

        void values(String object, Map<String, String> values) {
            values.forEach((name, value) -> value(object + name, value));
        }

        void row(String path, Map<String, String> keys) {
            value(path, "");
            values(path, keys);
        }

        void fault(String path, Fault fault) {
            all.add(new JobResult(step, path, null, fault.errCode().code(), fault.errMsg()));
        }

        void fault(String path, Optional<Fault> fault) {
            fault.ifPresent(present -> fault(path, present));
        }

        void errors(String object, List<ParameterError> errors) {
            errors.forEach(error -> fault(object + error.param(), error.fault()));
        }

        void set(String path, SetResponse.OperationStatus status) {
            switch (status) {
                case SetResponse.OperationSuccess success ->
                    success.updatedInstanceResults().forEach(row -> {
                        values(row.affectedPath(), row.updatedParams());
                        errors(row.affectedPath(), row.paramErrors());
                    });
                case SetResponse.OperationFailure failure -> {
                    fault(path, failure.fault());
                    failure.updatedInstanceFailures().forEach(row -> errors(row.affectedPath(), row.paramErrors()));
                }
            }
        }

        void added(String path, AddResponse.OperationStatus status) {
            switch (status) {
                case AddResponse.OperationSuccess success -> {
                    row(success.instantiatedPath(), success.uniqueKeys());
                    errors(success.instantiatedPath(), success.paramErrors());
                }
                case AddResponse.OperationFailure failure -> fault(path, failure.fault());
            }
        }

        void deleted(String path, DeleteResponse.OperationStatus status) {
            switch (status) {
                case DeleteResponse.OperationSuccess success -> {
                    success.affectedPaths().forEach(gone -> value(gone, "deleted"));
                    success.unaffectedPathErrors().forEach(stayed -> fault(stayed.unaffectedPath(), stayed.fault()));
                }
                case DeleteResponse.OperationFailure failure -> fault(path, failure.fault());
            }
        }

        void operated(String command, OperateResponse.OperationOutcome outcome) {
            switch (outcome) {
                case OperateResponse.RequestObject going -> value(command, "goes on as " + going.reqObjPath());
                case OperateResponse.OutputArgs(Map<String, String> output) -> {
                    value(command, "done");
                    values(command + ".", output);
                }
                case OperateResponse.CommandFailure(Fault fault) -> fault(command, fault);
            }
        }
    }
}
