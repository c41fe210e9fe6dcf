// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.job.TargetState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some devices of a job, by id, and how each stands.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JobTargets(
        List<Target> items,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"string", "null"})
        @Nullable
        String nextCursor) {

    /// One device of a job.
    ///
    /// @param detail why it stands so; empty where there is nothing to say
    /// @param due until when it waits; left out where it does not
    /// @param step how many steps are done
    /// @param tries of the present step
    @Schema(name = "JobTarget")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            String device,

            @Schema(allowableValues = {"waiting", "offline", "running", "done", "failed", "cancelled", "uncertain"})
            String state,

            String detail,
            @Nullable Instant due,
            int step,
            int tries,
            Instant changed,
            List<JobResult> results) {

        public static Target of(dev.pharos.controller.job.Target target) {
            List<JobResult> results = new ArrayList<>();
            target.answers().forEach((step, answer) -> results.addAll(JobResult.of(step + 1, answer)));
            return new Target(
                    target.device().toString(),
                    target.state().kind().text(),
                    target.state().why(),
                    target.state() instanceof TargetState.Waiting waiting ? waiting.due() : null,
                    target.step(),
                    target.tries(),
                    target.changed(),
                    results);
        }
    }
}
