// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an Operate went, for each command that was run.
///
/// @param nextSession of a device that is managed over TR-069: how it stands with it; else absent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperateAnswer(
        List<OperationResult> operationResults, @Nullable NextSession nextSession) {
    public OperateAnswer(List<OperationResult> operationResults) {
        this(operationResults, null);
    }

    /// Exactly one of the three outcomes is there: a row that stands for a command that goes on, what it gave, or why
    /// it failed.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OperationResult(
            String executedCommand,
            @Nullable String reqObjPath,
            @Nullable OutputArgs reqOutputArgs,
            @Nullable OperFailure cmdFailure) {}

    public record OutputArgs(Map<String, String> outputArgs) {}
}
