// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.ubus;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.Fault;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What came of a request, as rows for ubus.
final class UbusResults {
    private final List<UbusValue> rows = new ArrayList<>();

    private UbusResults() {}

    /// @param path what was asked for, of which a message that is refused as a whole says nothing
    static List<UbusValue> of(Body answer, String path) {
        UbusResults results = new UbusResults();
        switch (answer) {
            case GetResponse got -> results.got(got);
            case SetResponse set -> results.set(set);
            case AddResponse added -> results.added(added);
            case DeleteResponse deleted -> results.deleted(deleted);
            case GetInstancesResponse found -> results.found(found);
            case OperateResponse operated -> results.operated(operated);
            case UspError error -> results.refused(path, error);
            default -> throw new IllegalArgumentException("no answer to what is asked on ubus: " + answer.getClass());
        }
        return results.rows;
    }

    private void row(String path, String data) {
        rows.add(UbusTable.EMPTY.with("path", path).with("data", data));
    }

    private void fault(String path, Fault fault) {
        rows.add(failed(UbusTable.EMPTY.with("path", path), fault));
    }

    static UbusTable failed(UbusTable row, Fault fault) {
        return row.with("fault", fault.errCode().code()).with("fault_msg", fault.errMsg());
    }

    private void values(String object, Map<String, String> values) {
        new TreeMap<>(values).forEach((name, value) -> row(object + name, value));
    }

    private void got(GetResponse answer) {
        for (GetResponse.RequestedPathResult result : answer.requestedPathResults()) {
            result.fault().ifPresent(fault -> fault(result.requestedPath(), fault));
            result.resolvedPathResults().forEach(object -> values(object.resolvedPath(), object.resultParams()));
        }
    }

    private void set(SetResponse answer) {
        for (SetResponse.UpdatedObjectResult result : answer.updatedObjectResults()) {
            switch (result.operationStatus()) {
                case SetResponse.OperationFailure failure -> fault(result.requestedPath(), failure.fault());
                case SetResponse.OperationSuccess success ->
                    success.updatedInstanceResults()
                            .forEach(object -> values(object.affectedPath(), object.updatedParams()));
            }
        }
    }

    private void added(AddResponse answer) {
        for (AddResponse.CreatedObjectResult result : answer.createdObjectResults()) {
            switch (result.operationStatus()) {
                case AddResponse.OperationFailure failure -> fault(result.requestedPath(), failure.fault());
                case AddResponse.OperationSuccess success -> {
                    rows.add(UbusTable.EMPTY.with("path", success.instantiatedPath()));
                    success.paramErrors()
                            .forEach(error -> fault(success.instantiatedPath() + error.param(), error.fault()));
                }
            }
        }
    }

    private void deleted(DeleteResponse answer) {
        for (DeleteResponse.DeletedObjectResult result : answer.deletedObjectResults()) {
            switch (result.operationStatus()) {
                case DeleteResponse.OperationFailure failure -> fault(result.requestedPath(), failure.fault());
                case DeleteResponse.OperationSuccess success -> {
                    success.affectedPaths().forEach(path -> rows.add(UbusTable.EMPTY.with("path", path)));
                    success.unaffectedPathErrors().forEach(error -> fault(error.unaffectedPath(), error.fault()));
                }
            }
        }
    }

    private void found(GetInstancesResponse answer) {
        for (GetInstancesResponse.RequestedPathResult result : answer.requestedPathResults()) {
            result.fault().ifPresent(fault -> fault(result.requestedPath(), fault));
            result.currentInstances().forEach(row -> rows.add(UbusTable.EMPTY.with("path", row.instantiatedObjPath())));
        }
    }

    private void operated(OperateResponse answer) {
        for (OperateResponse.OperationResult result : answer.operationResults()) {
            UbusTable command = UbusTable.EMPTY.with("path", result.executedCommand());
            switch (result.outcome()) {
                case OperateResponse.CommandFailure failure -> fault(result.executedCommand(), failure.fault());
                case OperateResponse.OutputArgs outputs ->
                    rows.add(command.with("output", table(outputs.outputArgs())));
                case OperateResponse.RequestObject request -> rows.add(command.with("request", request.reqObjPath()));
            }
        }
    }

    /// Names and what they stand for, in the order of the names.
    static UbusTable table(Map<String, String> values) {
        UbusTable table = UbusTable.EMPTY;
        for (Map.Entry<String, String> each : new TreeMap<>(values).entrySet()) {
            table = table.with(each.getKey(), each.getValue());
        }
        return table;
    }

    /// A message that is refused as a whole, for one reason or for several parameters.
    private void refused(String path, UspError error) {
        if (error.parameterErrors().isEmpty()) {
            fault(path, error.fault());
        }
        error.parameterErrors().forEach(parameter -> fault(parameter.paramPath(), parameter.fault()));
    }
}
