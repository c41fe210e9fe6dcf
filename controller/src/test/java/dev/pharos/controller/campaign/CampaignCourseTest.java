// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.campaign.CampaignState.Kind;
import dev.pharos.controller.campaign.Move.Go;
import dev.pharos.controller.campaign.Move.Run;
import dev.pharos.controller.campaign.Move.Stay;
import dev.pharos.controller.campaign.WaveJob.Purpose;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// What a campaign does by itself and what people have it do, without anything around it.
final class CampaignCourseTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration SOAK = Duration.ofMinutes(30);

    /// What is true of its jobs.
    private static final class World implements NextMove.Facts {
        private final Map<Long, JobTally> tallies = new HashMap<>();
        private Verdict verdict = new Verdict.Healthy("all is well");

        @Override
        public JobTally tally(long job) {
            return tallies.getOrDefault(job, new JobTally(false, true, 0, 0, 0, 0, 1));
        }

        @Override
        public Verdict verdict(Campaign campaign, int wave, Instant since) {
            return verdict;
        }

        private void ended(long job, long done, long failed, long absent) {
            tallies.put(job, new JobTally(true, true, done, failed, absent, 0, 0));
        }
    }

    private final World world = new World();
    private Instant now = START;
    private long jobs = 100;

    private static Campaign campaign(String waves, String gate, HealthGate.Unknown unknown) throws RefusedException {
        Optional<HealthGate> health = gate.isEmpty()
                ? Optional.empty()
                : Optional.of(new HealthGate(List.of(Measure.parse(gate)), 5, unknown));
        return new Campaign(
                1,
                new CampaignPlan(
                        "spring",
                        new Audience.Matching("", false),
                        new CampaignWork.Firmware(3),
                        Waves.parse(Arrays.asList(waves.split(","))),
                        new CampaignPlan.Rules(90, ErrorLimit.parse("20%"), SOAK, true),
                        health,
                        new CampaignPlan.Hours(
                                new Pace(50, 0), Duration.ofDays(1), Optional.empty(), Optional.empty())),
                START,
                "ann",
                0,
                new CampaignState.Unapproved(),
                Campaign.Course.NONE);
    }

    private Campaign started(String waves, String gate, HealthGate.Unknown unknown, int devices)
            throws RefusedException {
        Campaign approved = orders(campaign(waves, gate, unknown), "bob").approve();
        return orders(approved, "ann").start(devices);
    }

    private Orders orders(Campaign campaign, String by) {
        return new Orders(campaign, by, now);
    }

    /// One move, with the job that it makes.
    private Campaign next(Campaign campaign) {
        return switch (NextMove.of(campaign, world, now)) {
            case Stay _ -> campaign;
            case Go(CampaignState to, String note) -> campaign.to(to, note, now);
            case Run(Purpose purpose) -> {
                long job = ++jobs;
                int wave = campaign.state().leg().map(Leg::wave).orElse(0);
                yield campaign.to(
                        CampaignRunner.with(campaign, purpose, wave, job), new WaveJob(wave, purpose, job), "", now);
            }
        };
    }

    private static Kind kind(Campaign campaign) {
        return campaign.state().kind();
    }

    @Test
    void who_made_a_campaign_does_not_approve_it_and_without_approval_it_does_not_start() throws RefusedException {
        Campaign made = campaign("rest", "", HealthGate.Unknown.HOLD);
        assertThatThrownBy(() -> orders(made, "ann").approve())
                .hasMessage("Who made a campaign does not approve it; somebody other than ann who may manage the fleet"
                        + " does.");
        assertThatThrownBy(() -> orders(made, "bob").start(10)).hasMessageContaining("not approved");
        Campaign approved = orders(made, "bob").approve();
        assertThat(approved.course().approvedBy()).contains("bob");
        assertThatThrownBy(() -> orders(approved, "bob").approve()).hasMessageContaining("only one that is unapproved");
        assertThatThrownBy(() -> orders(approved, "ann").start(0)).hasMessageContaining("at least one");
        assertThat(kind(orders(approved, "ann").start(10))).isEqualTo(Kind.RUNNING);
    }

    @Test
    void waves_follow_each_other_with_a_pause_and_the_last_one_ends_it() throws RefusedException {
        Campaign campaign = next(started("2,rest", "", HealthGate.Unknown.HOLD, 10));
        assertThat(campaign.state().leg()).contains(new Leg.Updating(0, 101));
        assertThat(next(campaign)).isEqualTo(campaign);
        world.ended(101, 2, 0, 0);
        campaign = next(campaign);
        assertThat(campaign.state().leg()).contains(new Leg.Soaking(0, START));
        now = START.plus(SOAK).minusSeconds(1);
        assertThat(next(campaign)).isEqualTo(campaign);
        now = START.plus(SOAK);
        campaign = next(next(campaign));
        assertThat(campaign.state().leg()).contains(new Leg.Updating(1, 102));
        world.ended(102, 7, 0, 1);
        campaign = next(campaign);
        assertThat(kind(campaign)).isEqualTo(Kind.DONE);
        assertThat(campaign.state().why()).isEqualTo("7 of 7 devices that were there run the image; 1 was not there");
    }

    @Test
    void it_stops_in_the_middle_of_a_wave_where_too_much_fails_and_after_it_where_too_little_succeeds()
            throws RefusedException {
        Campaign campaign = next(started("10,rest", "", HealthGate.Unknown.HOLD, 20));
        world.tallies.put(101L, new JobTally(false, true, 0, 1, 0, 0, 9));
        assertThat(next(campaign)).isEqualTo(campaign);
        world.tallies.put(101L, new JobTally(false, true, 0, 2, 0, 0, 8));
        assertThat(next(campaign).state())
                .isEqualTo(new CampaignState.Stopped("2 of the 10 devices of wave 1 failed; it stops at 20%"));
        world.ended(101, 8, 1, 1);
        assertThat(next(campaign).state())
                .isEqualTo(new CampaignState.Stopped("wave 1: 8 of 9 devices that were there run the image; 1 was not"
                        + " there, which is less than 90 %"));
        world.ended(101, 0, 0, 10);
        assertThat(kind(next(campaign)))
                .as("nothing is known of an image that nobody ran")
                .isEqualTo(Kind.HELD);
        world.tallies.put(101L, new JobTally(true, false, 10, 0, 0, 0, 0));
        assertThat(next(campaign).state().why()).isEqualTo("the job of wave 1 was cancelled");
    }

    @Test
    void a_gate_reads_before_and_after_and_stops_it_where_updated_devices_are_worse() throws RefusedException {
        Campaign campaign = next(started("5,rest", "Device.X falls 10%", HealthGate.Unknown.HOLD, 20));
        assertThat(campaign.state().leg()).contains(new Leg.Reading(0, 101));
        world.tallies.put(101L, new JobTally(false, true, 9, 0, 0, 1, 0));
        campaign = next(campaign);
        assertThat(campaign.state().leg()).as("who is away is not waited for").contains(new Leg.Updating(0, 102));
        world.ended(102, 5, 0, 0);
        campaign = next(campaign);
        now = START.plus(SOAK);
        campaign = next(campaign);
        assertThat(campaign.state().leg()).contains(new Leg.Checking(0, 103, START));
        assertThat(next(campaign)).isEqualTo(campaign);
        world.ended(103, 10, 0, 0);
        assertThat(next(campaign).state().leg()).contains(new Leg.Due(1));
        world.verdict = new Verdict.Worse("X fell");
        assertThat(next(campaign).state()).isEqualTo(new CampaignState.Stopped("not healthy after wave 1: X fell"));
        world.verdict = new Verdict.Unknown("too few");
        Campaign held = next(campaign);
        assertThat(held.state())
                .isEqualTo(new CampaignState.Held(0, "whether wave 1 is healthy is not known: too few"));
        assertThat(orders(held, "eve").resume().state().leg()).contains(new Leg.Due(1));
        assertThat(kind(orders(held, "eve").stop())).isEqualTo(Kind.STOPPED);
    }

    @Test
    void where_nothing_is_known_it_does_what_it_was_told() throws RefusedException {
        for (HealthGate.Unknown unknown : HealthGate.Unknown.values()) {
            Campaign campaign = next(started("5,rest", "Boot! rises 1", unknown, 20));
            world.ended(jobs, 5, 0, 0);
            world.verdict = new Verdict.Unknown("too few");
            campaign = next(campaign);
            now = now.plus(SOAK);
            campaign = next(campaign);
            assertThat(kind(campaign))
                    .isEqualTo(
                            switch (unknown) {
                                case HOLD -> Kind.HELD;
                                case GO_ON -> Kind.RUNNING;
                                case STOP -> Kind.STOPPED;
                            });
        }
    }

    @Test
    void it_is_paused_and_goes_on_where_it_was_and_rolls_back_when_all_is_settled() throws RefusedException {
        Campaign campaign = next(started("5,rest", "", HealthGate.Unknown.HOLD, 20));
        assertThatThrownBy(() -> orders(campaign, "eve").rollBack()).hasMessageContaining("stop it first");
        Campaign paused = orders(campaign, "eve").pause();
        assertThat(next(paused)).isEqualTo(paused);
        assertThat(orders(paused, "eve").resume().state()).isEqualTo(campaign.state());
        assertThatThrownBy(() -> orders(campaign, "eve").resume()).hasMessageContaining("is running");
        Campaign back = orders(paused, "eve").rollBack();
        assertThat(next(back)).as("its job is not settled").isEqualTo(back);
        world.tallies.put(101L, new JobTally(true, false, 3, 0, 2, 0, 0));
        Campaign going = next(back);
        assertThat(going.state()).isEqualTo(new CampaignState.RollingBack(Optional.of(102L)));
        world.ended(102, 2, 1, 0);
        assertThat(next(going).state())
                .isEqualTo(new CampaignState.RolledBack("2 of 3 devices run what they ran before; 1 failed"));
        Campaign never =
                orders(campaign("rest", "", HealthGate.Unknown.HOLD), "eve").stop();
        assertThatThrownBy(() -> orders(never, "eve").rollBack()).hasMessageContaining("nothing to roll back");
        assertThatThrownBy(() -> orders(never, "eve").stop()).hasMessageContaining("has ended");
    }

    @Property(tries = 500)
    void whatever_happens_no_wave_runs_twice_and_none_begins_after_one_that_was_bad(
            @ForAll @Size(max = 80) List<@IntRange(max = 9) Integer> happenings) throws RefusedException {
        Campaign campaign = started("3,7,20%,rest", "Device.X rises 1", HealthGate.Unknown.HOLD, 60);
        List<Integer> bad = new ArrayList<>();
        for (int happening : happenings) {
            Campaign before = campaign;
            switch (happening) {
                case 0, 1, 2, 3 -> campaign = next(campaign);
                case 4, 5 -> campaign = endJob(campaign, happening == 5, bad);
                case 6 -> now = now.plus(SOAK.dividedBy(2));
                case 7 -> campaign = attempted(campaign, Orders::pause);
                case 8 -> campaign = attempted(campaign, Orders::resume);
                default ->
                    world.verdict = now.getEpochSecond() % 3 == 0 ? new Verdict.Worse("") : new Verdict.Healthy("");
            }
            assertThat(campaign.revision()).isGreaterThanOrEqualTo(before.revision());
            List<Integer> updated = campaign.course().jobs().stream()
                    .filter(job -> job.purpose() == Purpose.UPDATE)
                    .map(WaveJob::wave)
                    .toList();
            assertThat(updated).doesNotHaveDuplicates().isSorted();
            if (!bad.isEmpty()) {
                assertThat(updated).allMatch(wave -> wave <= bad.getFirst());
            }
        }
    }

    private Campaign endJob(Campaign campaign, boolean badly, List<Integer> bad) {
        for (WaveJob job : campaign.course().jobs()) {
            if (!world.tally(job.job()).ended()) {
                int size = campaign.course().sizes().get(job.wave());
                world.ended(job.job(), badly ? 0 : size, badly ? size : 0, 0);
                if (badly && job.purpose() == Purpose.UPDATE) {
                    bad.add(job.wave());
                }
            }
        }
        return campaign;
    }

    private Campaign attempted(Campaign campaign, CampaignRunner.Order order) {
        try {
            return order.of(orders(campaign, "eve"));
        } catch (RefusedException refused) {
            assertThat(refused.reason()).endsWith(".");
            return campaign;
        }
    }
}
