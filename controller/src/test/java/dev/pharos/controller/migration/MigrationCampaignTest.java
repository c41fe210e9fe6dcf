// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.OpenGate;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.policy.SecretParameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a campaign of moves does with one device, and how its funnel counts them.
class MigrationCampaignTest {
    private static final long CAMPAIGN = 4;
    private static final MaskedMessages MASKED = new MaskedMessages(SecretParameters.BY_NAME);

    private final MovingDevice moving = new MovingDevice();

    @AfterEach
    void it_stops() {
        moving.close();
    }

    private DeviceChore.End chore(JobWork work) throws CallException {
        Eligibility eligibility =
                new Eligibility(moving.paper.stores, moving.paper.office(), (_, _) -> MovingDevice.DOOR);
        return new MigrationChore(
                        new MigrationChore.Parts(moving.runner, eligibility, moving.usp(), moving.paper.clock))
                .before((_, _) -> new DeviceChore.End.Failed("not mine", Optional.empty()))
                .carryOut(
                        new DeviceChore.Task(1, work, MovingDevice.ID, OpenGate.to(work, moving.paper.clock.instant())),
                        MASKED);
    }

    private static JobWork forth() {
        return new JobWork.Migrate(CAMPAIGN, new Crossing("ws", false, Duration.ZERO, false));
    }

    private Migration ofCampaign() {
        return Migration.of(
                MovingDevice.ID,
                new MigrationPlan(
                        MovingDevice.DOOR,
                        new Crossing("ws", false, Duration.ZERO, false),
                        "campaign 4",
                        OptionalLong.of(CAMPAIGN),
                        MovingDevice.FROM),
                moving.paper.clock.instant());
    }

    @Test
    void a_campaign_finds_its_device_where_another_server_left_it_and_begins_nothing_twice() throws Exception {
        Migration begun = ofCampaign();
        moving.store.begin(begun);
        Migration moved = begun.to(MigrationState.DONE, moving.paper.clock.instant(), "it is moved");
        moving.store.move(begun, moved);
        assertThat(chore(forth())).isEqualTo(new DeviceChore.End.Done("it is moved", Optional.empty()));
        Migration back = moved.withReason(ReturnReason.SILENT)
                .to(MigrationState.RETURNING, moving.paper.clock.instant(), "it fell silent");
        moving.store.move(moved, back);
        assertThat(chore(forth())).isEqualTo(new DeviceChore.End.Failed("it fell silent", Optional.empty()));
        moving.store.move(back, back.to(MigrationState.FAILED, moving.paper.clock.instant(), "it went back"));
        assertThat(chore(forth())).isEqualTo(new DeviceChore.End.Failed("it went back", Optional.empty()));
        assertThat(moving.here().reached()).isEqualTo(MigrationState.DONE);
        assertThat(chore(new JobWork.MigrateBack(CAMPAIGN)))
                .isEqualTo(new DeviceChore.End.Done("it went back", Optional.empty()));
        assertThat(chore(new JobWork.MigrateBack(CAMPAIGN + 1)))
                .isEqualTo(new DeviceChore.End.Done("this campaign has not moved it", Optional.empty()));
    }

    @Test
    void a_device_that_its_campaign_does_not_wait_for_any_more_is_not_moved_when_it_comes() {
        moving.store.awaited = false;
        moving.store.begin(ofCampaign());
        moving.runner.goOn(moving.here());
        assertThat(moving.state()).isEqualTo(MigrationState.RETURNING);
        assertThat(moving.here().reason()).contains(ReturnReason.FORSAKEN);
        assertThat(moving.here().reached()).isEqualTo(MigrationState.ELIGIBLE);
        assertThat(moving.why()).isEqualTo("campaign 4 does not wait for it any more");
    }

    @Test
    void a_funnel_counts_who_came_how_far_also_of_those_who_went_back_and_why() {
        MigrationFunnel funnel = MigrationFunnel.of(List.of(
                new MigrationFunnel.Part(MigrationPlace.DONE, "done", "", 5),
                new MigrationFunnel.Part(MigrationPlace.FAILED, "configured", "no-arrival", 2),
                new MigrationFunnel.Part(MigrationPlace.RETURNING, "stood-by", "silent", 1),
                new MigrationFunnel.Part(MigrationPlace.UNABLE, "", "it shows no USP agent", 3),
                new MigrationFunnel.Part(MigrationPlace.WAITING, "", "", 7)));
        assertThat(funnel.atLeast(MigrationState.ELIGIBLE)).isEqualTo(8);
        assertThat(funnel.atLeast(MigrationState.CONNECTED)).isEqualTo(6);
        assertThat(funnel.atLeast(MigrationState.DONE)).isEqualTo(5);
        assertThat(funnel.at(MigrationPlace.WAITING)).isEqualTo(7);
        assertThat(funnel.reasons())
                .extracting(MigrationFunnel.Reason::reason)
                .containsExactly("it shows no USP agent", "no-arrival", "silent");
    }
}
