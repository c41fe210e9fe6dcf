// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.policy.SecretParameters;
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
public record JobPlan(String name, Audience audience, JobWork work, Pace pace, Timing timing, Persistence persistence) {

    /// The same requests for all.
    public JobPlan(
            String name, Audience audience, List<Request<?>> steps, Pace pace, Timing timing, Persistence persistence) {
        this(name, audience, new JobWork.Script(steps), pace, timing, persistence);
    }

    /// The same for other devices.
    public JobPlan with(Audience others) {
        return new JobPlan(name, others, work, pace, timing, persistence);
    }

    /// The requests of a script; none where it is something else.
    public List<Request<?>> steps() {
        return work instanceof JobWork.Script(List<Request<?>> steps) ? steps : List.of();
    }

    /// What is not a script counts as one step.
    public int stepCount() {
        return Math.max(1, steps().size());
    }

    /// Whether a step whose answer was lost may be done again without asking anybody: what only reads, or writes the
    /// same values once more, does no harm twice, nor does what looks first what is left to do.
    public boolean isRepeatable(int step) {
        return persistence.repeatWhenUncertain()
                || !(work instanceof JobWork.Script(List<Request<?>> steps))
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
        return step == stepCount() - 1;
    }

    /// As it is kept when it has ended: without secrets.
    JobPlan masked() {
        return switch (work) {
            case JobWork.Script(List<Request<?>> steps) -> {
                MaskedMessages masked = new MaskedMessages(SecretParameters.BY_NAME);
                yield with(new JobWork.Script(
                        steps.stream().<Request<?>>map(masked::request).toList()));
            }
            case JobWork.Bring _ -> with(new JobWork.Bring(""));
            case JobWork.Hold _,
                    JobWork.Upgrade _,
                    JobWork.RollBack _,
                    JobWork.Deploy _,
                    JobWork.DeployBack _,
                    JobWork.Migrate _,
                    JobWork.MigrateBack _,
                    JobWork.Restore _ -> this;
        };
    }

    private JobPlan with(JobWork other) {
        return new JobPlan(name, audience, other, pace, timing, persistence);
    }
}
