// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.campaign.CampaignRunner;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Rollout;
import java.util.List;
import java.util.stream.Collectors;

/// Who uses an image or a software module of the repository.
record RepositoryUse(CampaignRunner campaigns) {

    /// @throws ApiException where a job or a campaign brings it to devices
    void mustBeNone(long id) {
        List<String> using = campaigns.jobs().open().stream()
                .filter(job -> isBrought(job.plan().work(), id))
                .map(job -> Long.toString(job.id()))
                .toList();
        if (!using.isEmpty()) {
            throw new ApiException(
                    409,
                    "In use",
                    "Jobs bring it to devices now: " + String.join(", ", using) + "; cancel them first.");
        }
        List<Long> planned = campaigns.store().with(id);
        if (!planned.isEmpty()) {
            throw new ApiException(
                    409,
                    "In use",
                    "Campaigns bring it to devices: "
                            + planned.stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + "; stop them first.");
        }
    }

    private static boolean isBrought(JobWork work, long id) {
        return switch (work) {
            case JobWork.Upgrade(long image, String _) -> image == id;
            case JobWork.Deploy(long _, Rollout rollout, String _) -> rollout.module() == id;
            case JobWork.DeployBack(long _, long module, String _) -> module == id;
            case JobWork.Script _,
                    JobWork.Hold _,
                    JobWork.Bring _,
                    JobWork.RollBack _,
                    JobWork.Migrate _,
                    JobWork.MigrateBack _,
                    JobWork.Restore _ -> false;
        };
    }
}
