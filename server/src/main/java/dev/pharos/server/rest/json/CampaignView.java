// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.campaign.Campaign;
import dev.pharos.controller.campaign.CampaignPlan;
import dev.pharos.controller.campaign.CampaignState;
import dev.pharos.controller.campaign.CampaignWork;
import dev.pharos.controller.campaign.JobTally;
import dev.pharos.controller.campaign.Leg;
import dev.pharos.controller.campaign.WaveJob.Purpose;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.job.Timing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The same work with many devices in waves.
///
/// @param query which devices it concerns; left out where they were named
/// @param named how many devices were named; left out where a query says which
/// @param firmware the number of the image that it brings; left out where it does something else
/// @param module what it does with a software module; left out where it does something else
/// @param migration how it moves devices from TR-069 to USP; left out where it does something else
/// @param approval whether a second person must approve it
/// @param approvedBy left out where nobody has, or nobody had to
/// @param perMinute left out where there is no bound
/// @param detail why it stands as it does; empty where there is nothing to say
/// @param stage what it is at, where it is running or paused
/// @param wave of what it is at, the first is 1
/// @param until when the pause after the wave is over
/// @param progress of all waves that have begun; left out until it has started
/// @param rollBack the job that takes devices back, and how far it is
/// @param story what happened, the oldest first
@Schema(name = "Campaign")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignView(
        long id,
        String name,
        @Nullable String query,
        @Nullable Integer named,
        @Nullable Long firmware,
        @Nullable RolloutBody module,
        @Nullable MigrationBody migration,
        List<Wave> waves,
        int successPercent,
        String stopAt,
        long soakSeconds,
        long patienceSeconds,
        boolean approval,
        @Nullable String approvedBy,
        CampaignBody.@Nullable Gate gate,
        int concurrency,
        @Nullable Integer perMinute,
        @Nullable JobWindow window,

        @Schema(
                allowableValues = {
                    "unapproved",
                    "ready",
                    "running",
                    "paused",
                    "held",
                    "stopped",
                    "done",
                    "rolling-back",
                    "rolled-back"
                })
        String state,

        String detail,

        @Schema(allowableValues = {"due", "reading", "updating", "soaking", "checking"}) @Nullable
        String stage,

        @Nullable Integer wave,
        @Nullable Instant until,
        Instant created,
        String createdBy,
        @Nullable Counts progress,
        @Nullable RollBack rollBack,
        List<Note> story) {

    /// One of its waves.
    ///
    /// @param size as it was asked for
    /// @param devices how many they are; left out until the campaign has started
    /// @param job that does it; left out until the wave has begun
    @Schema(name = "CampaignWave")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Wave(
            String size,
            @Nullable Integer devices,
            @Nullable Long job,
            @Nullable Counts progress) {}

    /// @param devices of the waves that have begun, or of the whole
    /// @param failed with those of which it is not known
    /// @param absent that were not there until the wave was over
    /// @param open that are not settled
    @Schema(name = "CampaignCounts")
    public record Counts(long devices, long done, long failed, long absent, long open) {
        private static Counts of(JobTally tally, long devices) {
            return new Counts(devices, tally.done(), tally.failed(), tally.absent(), tally.open() + tally.offline());
        }
    }

    /// The way back.
    @Schema(name = "CampaignRollBack")
    public record RollBack(long job, Counts progress) {}

    /// A line of its story.
    @Schema(name = "CampaignNote")
    public record Note(Instant time, String text) {}

    /// @param tallies of its jobs
    public static CampaignView of(Campaign campaign, Map<Long, JobTally> tallies) {
        CampaignPlan plan = campaign.plan();
        CampaignPlan.Hours hours = plan.hours();
        Optional<Leg> leg = campaign.state().leg();
        List<Wave> waves = waves(campaign, tallies);
        return new CampaignView(
                campaign.id(),
                plan.name(),
                plan.target() instanceof Audience.Matching(String query, boolean _) ? query : null,
                plan.target() instanceof Audience.Named(var devices) ? (Integer) devices.size() : null,
                plan.work() instanceof CampaignWork.Firmware(long image) ? (Long) image : null,
                plan.work() instanceof CampaignWork.Modules(Rollout rollout) ? RolloutBody.of(rollout) : null,
                plan.work() instanceof CampaignWork.Migration(Crossing crossing) ? MigrationBody.of(crossing) : null,
                waves,
                plan.rules().success(),
                plan.rules().errors().toString(),
                plan.rules().soak().toSeconds(),
                hours.patience().toSeconds(),
                plan.rules().approval(),
                campaign.course().approvedBy().orElse(null),
                CampaignBody.Gate.of(plan.gate()),
                hours.pace().concurrency(),
                hours.pace().perMinute() == 0 ? null : (Integer) hours.pace().perMinute(),
                JobWindow.of(new Timing(
                        campaign.created(), campaign.created().plus(hours.patience()), hours.window(), hours.zone())),
                campaign.state().kind().text(),
                campaign.state().why(),
                leg.map(each -> each.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                        .orElse(null),
                campaign.state() instanceof CampaignState.Held held
                        ? (Integer) (held.wave() + 1)
                        : leg.map(each -> each.wave() + 1).orElse(null),
                leg.orElse(null) instanceof Leg.Soaking(int _, Instant since)
                        ? since.plus(plan.rules().soak())
                        : null,
                campaign.created(),
                campaign.createdBy(),
                sum(campaign, waves),
                rollBack(campaign, tallies),
                campaign.course().notes().stream()
                        .map(note -> new Note(note.time(), note.text()))
                        .toList());
    }

    private static List<Wave> waves(Campaign campaign, Map<Long, JobTally> tallies) {
        List<Integer> sizes = campaign.course().sizes();
        List<Wave> waves = new ArrayList<>();
        for (int i = 0; i <= campaign.plan().last(); i++) {
            @Nullable Integer devices = sizes.isEmpty() ? null : sizes.get(i);
            @Nullable Long job = campaign.job(i, Purpose.UPDATE).orElse(null);
            @Nullable JobTally tally = job == null ? null : tallies.get(job);
            waves.add(new Wave(
                    campaign.plan().waves().sizes().get(i).toString(),
                    devices,
                    job,
                    tally == null || devices == null ? null : Counts.of(tally, devices)));
        }
        return waves;
    }

    private static @Nullable Counts sum(Campaign campaign, List<Wave> waves) {
        if (campaign.course().sizes().isEmpty()) {
            return null;
        }
        long done = 0;
        long failed = 0;
        long absent = 0;
        long open = 0;
        for (Wave wave : waves) {
            Counts counts = wave.progress();
            if (counts == null) {
                open += wave.devices() == null ? 0 : wave.devices();
            } else {
                done += counts.done();
                failed += counts.failed();
                absent += counts.absent();
                open += counts.open();
            }
        }
        return new Counts(campaign.devices(), done, failed, absent, open);
    }

    private static @Nullable RollBack rollBack(Campaign campaign, Map<Long, JobTally> tallies) {
        return campaign.course().jobs().reversed().stream()
                .filter(job -> job.purpose() == Purpose.ROLL_BACK)
                .findFirst()
                .flatMap(job -> Optional.ofNullable(tallies.get(job.job()))
                        .map(tally -> new RollBack(
                                job.job(),
                                Counts.of(
                                        tally,
                                        tally.done()
                                                + tally.failed()
                                                + tally.absent()
                                                + tally.open()
                                                + tally.offline()))))
                .orElse(null);
    }
}
