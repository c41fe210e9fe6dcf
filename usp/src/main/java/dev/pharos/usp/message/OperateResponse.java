// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;

/// The answer to an Operate, one entry for each command that was executed.
public record OperateResponse(List<OperationResult> operationResults) implements Response {
    public OperateResponse {
        operationResults = Frozen.list(operationResults);
    }

    /// @param executedCommand with instance numbers
    public record OperationResult(String executedCommand, OperationOutcome outcome) {}

    /// How the command went. An absent outcome on the wire reads as empty output arguments.
    public sealed interface OperationOutcome {}

    /// The command goes on; this row of `Device.LocalAgent.Request.` stands for it.
    public record RequestObject(String reqObjPath) implements OperationOutcome {}

    public record OutputArgs(Map<String, String> outputArgs) implements OperationOutcome {
        public OutputArgs {
            outputArgs = Frozen.map(outputArgs);
        }
    }

    public record CommandFailure(Fault fault) implements OperationOutcome {}
}
