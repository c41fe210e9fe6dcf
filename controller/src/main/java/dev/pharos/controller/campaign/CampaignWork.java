// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Rollout;
import java.util.UUID;

/// What a campaign does with each of its devices, and how that is undone.
public sealed interface CampaignWork {

    /// What the job of a wave does.
    ///
    /// @param campaign its number
    JobWork forth(long campaign);

    /// What the job of a roll-back does.
    JobWork back(long campaign);

    /// What is true of devices with which it has succeeded, after "they": `run the image`.
    String done();

    /// What is true of those that were taken back.
    String undone();

    /// A firmware image, which each is to run.
    ///
    /// @param image its number in the repository
    record Firmware(long image) implements CampaignWork {
        @Override
        public JobWork forth(long campaign) {
            return new JobWork.Upgrade(image, key());
        }

        @Override
        public JobWork back(long campaign) {
            return new JobWork.RollBack(campaign, key());
        }

        @Override
        public String done() {
            return "run the image";
        }

        @Override
        public String undone() {
            return "run what they ran before";
        }

        private static String key() {
            return "firmware-" + UUID.randomUUID();
        }
    }

    /// A software module, which each is to have, or no longer.
    record Modules(Rollout rollout) implements CampaignWork {
        @Override
        public JobWork forth(long campaign) {
            return new JobWork.Deploy(campaign, rollout, key());
        }

        @Override
        public JobWork back(long campaign) {
            return new JobWork.DeployBack(campaign, rollout.module(), key());
        }

        @Override
        public String done() {
            return switch (rollout.action()) {
                case INSTALL -> "have the module";
                case UPDATE -> "have the module, or had none to update";
                case UNINSTALL -> "have the module no longer";
            };
        }

        @Override
        public String undone() {
            return "have of the module what they had before";
        }

        private static String key() {
            return "modules-" + UUID.randomUUID();
        }
    }

    /// Their way from TR-069 to USP.
    record Migration(Crossing crossing) implements CampaignWork {
        @Override
        public JobWork forth(long campaign) {
            return new JobWork.Migrate(campaign, crossing);
        }

        @Override
        public JobWork back(long campaign) {
            return new JobWork.MigrateBack(campaign);
        }

        @Override
        public String done() {
            return "are managed over USP";
        }

        @Override
        public String undone() {
            return "are managed over TR-069 as before";
        }
    }
}
