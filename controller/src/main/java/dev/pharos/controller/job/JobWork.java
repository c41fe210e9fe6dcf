// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.usp.Frozen;
import dev.pharos.usp.message.Request;
import java.util.List;

/// What a job does with each of its devices.
public sealed interface JobWork {

    /// The same requests for all.
    ///
    /// @param steps in this order, 1 to [Limits#STEPS]; the first that fails ends the script of that device
    record Script(List<Request<?>> steps) implements JobWork {
        public Script {
            steps = Frozen.list(steps);
            if (steps.isEmpty() || steps.size() > Limits.STEPS) {
                throw new IllegalArgumentException("a job has 1 to " + Limits.STEPS + " steps");
            }
        }
    }

    /// Brings each to what this version of a profile wants of it.
    record Hold(String profile, int version) implements JobWork {}

    /// Brings each to what a profile says that holds nowhere: once, and not again where it changes afterwards.
    ///
    /// @param profile as it is written, secrets and all; empty when the job has ended
    record Bring(String profile) implements JobWork {
        /// Without what the profile says.
        @Override
        public String toString() {
            return "Bring[]";
        }
    }

    /// Brings a firmware image to each, has it run, and reads its version back.
    ///
    /// @param image its number in the repository
    /// @param key the command key by which its commands are known again, whoever goes on with it
    record Upgrade(long image, String key) implements JobWork {}

    /// Has each run the firmware again that it ran before that campaign, and reads its version back.
    ///
    /// @param key as of [Upgrade]
    record RollBack(long campaign, String key) implements JobWork {}

    /// Moves each from TR-069 to USP, for that campaign.
    record Migrate(long campaign, Crossing crossing) implements JobWork {}

    /// Brings each back to TR-069 that was moved for that campaign, or is on its way.
    record MigrateBack(long campaign) implements JobWork {}

    /// Brings a software module of the catalogue to each, or takes it away, and reads back what is installed.
    ///
    /// @param campaign for which; 0 for none
    /// @param key the command key by which its commands are known again, whoever goes on with it
    record Deploy(long campaign, Rollout rollout, String key) implements JobWork {}

    /// Brings each back to the version of that module that it had before that campaign, or to none.
    ///
    /// @param key as of [Deploy]
    record DeployBack(long campaign, long module, String key) implements JobWork {}

    /// Brings back what was on each before that job changed it.
    record Restore(long job) implements JobWork {}
}
