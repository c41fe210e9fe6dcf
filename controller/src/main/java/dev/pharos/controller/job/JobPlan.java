// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.usp.Frozen;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import java.util.List;

/// What a job is to do.
///
/// @param name for people
/// @param steps in this order, 1 to [Limits#STEPS]; the first that fails ends the script of that device
public record JobPlan(
        String name, Audience audience, List<Request<?>> steps, Pace pace, Timing timing, Persistence persistence) {
    public JobPlan {
        steps = Frozen.list(steps);
        if (steps.isEmpty() || steps.size() > Limits.STEPS) {
            throw new IllegalArgumentException("a job has 1 to " + Limits.STEPS + " steps");
        }
    }

    /// Whether a step whose answer was lost may be sent again without asking anybody: what only reads, or writes the
    /// same values once more, does no harm twice.
    public boolean isRepeatable(int step) {
        return persistence.repeatWhenUncertain()
                || switch (steps.get(step)) {
                    case GetRequest _,
                            SetRequest _,
                            GetInstancesRequest _,
                            GetSupportedDmRequest _,
                            GetSupportedProtocolRequest _ -> true;
                    case AddRequest _,
                            DeleteRequest _,
                            OperateRequest _,
                            NotifyRequest _,
                            RegisterRequest _,
                            DeregisterRequest _ -> false;
                };
    }

    public boolean isLast(int step) {
        return step == steps.size() - 1;
    }

    /// The same with other steps.
    public JobPlan withSteps(List<Request<?>> others) {
        return new JobPlan(name, audience, others, pace, timing, persistence);
    }
}
