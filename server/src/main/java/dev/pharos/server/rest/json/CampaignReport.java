// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.campaign.Campaign;
import dev.pharos.controller.campaign.CampaignStore.Standing;
import dev.pharos.controller.campaign.CampaignStore.Step;
import dev.pharos.controller.campaign.CampaignWork;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Some devices of a campaign, in the order of its waves.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CampaignReport(
        List<Row> items,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                types = {"string", "null"})
        @Nullable
        String nextCursor) {

    /// One of them.
    ///
    /// @param wave the first is 1
    /// @param version that it ran before
    /// @param state `pending` until its wave has begun
    /// @param changed since when it stands so; left out until its wave has begun
    /// @param rollBack how its way back stands; left out where there is none
    /// @param step where it is on its way from TR-069 to USP; left out where the campaign brings an image
    @Schema(name = "CampaignDevice")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String device,
            int wave,
            String version,
            String state,
            String detail,
            @Nullable Instant changed,
            @Nullable String rollBack,
            @Nullable String rollBackDetail,
            @Nullable String step) {

        public static Row of(Campaign campaign, Standing standing) {
            int wave = 1;
            while (campaign.from(wave) <= standing.position()) {
                wave++;
            }
            return new Row(
                    standing.device().toString(),
                    wave,
                    standing.version(),
                    standing.update().state(),
                    standing.update().detail(),
                    standing.update().changed().orElse(null),
                    standing.back().map(Step::state).orElse(null),
                    Optional.of(standing)
                            .flatMap(Standing::back)
                            .map(Step::detail)
                            .orElse(null),
                    campaign.plan().work() instanceof CampaignWork.Migration
                            ? standing.place().text()
                            : null);
        }
    }
}
