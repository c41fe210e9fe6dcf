// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.campaign.Campaign;
import dev.pharos.controller.campaign.CampaignPlan;
import dev.pharos.controller.campaign.CampaignRunner;
import dev.pharos.controller.campaign.CampaignState.Kind;
import dev.pharos.controller.campaign.CampaignStore.JobsThen;
import dev.pharos.controller.campaign.CampaignStore.Standing;
import dev.pharos.controller.campaign.CampaignWork;
import dev.pharos.controller.campaign.ErrorLimit;
import dev.pharos.controller.campaign.HealthGate;
import dev.pharos.controller.campaign.Measure;
import dev.pharos.controller.campaign.Orders;
import dev.pharos.controller.campaign.RefusedException;
import dev.pharos.controller.campaign.WaveJob;
import dev.pharos.controller.campaign.Waves;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.DeviceChore.End;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.ServiceWindow;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.usp.EndpointId;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Campaigns on a real PostgreSQL, with several servers and some that die.
final class CampaignServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SOAK = Duration.ofMinutes(30);

    private final JobBed bed = new JobBed();
    private final PostgresCampaignStore store = new PostgresCampaignStore(TestDatabase.database());
    private final Map<String, AtomicInteger> upgraded = new ConcurrentHashMap<>();
    private final List<JobRunner> jobRunners = new ArrayList<>();

    @AfterEach
    void clean() {
        bed.close();
    }

    /// Devices whose name ends with 7 take no image.
    private DeviceChore chore() {
        return (task, masked) -> {
            String device = task.device().instanceId();
            upgraded.computeIfAbsent(
                            (task.work() instanceof JobWork.RollBack ? "back " : "") + device, _ -> new AtomicInteger())
                    .incrementAndGet();
            return device.endsWith("7")
                    ? new End.Failed("it takes no image", Optional.empty())
                    : new End.Done("it runs", Optional.empty());
        };
    }

    /// A server of its own.
    private CampaignRunner runner() {
        JobRunner jobs = bed.runner(JobBed::well, chore());
        jobRunners.add(jobs);
        return new CampaignRunner(
                new CampaignRunner.Parts(store, jobs, QueryParser::parse, bed.history::add, bed.clock));
    }

    private static CampaignPlan plan(String query, String errors, List<String> waves) throws RefusedException {
        return new CampaignPlan(
                "spring",
                new Audience.Matching(query, false),
                new CampaignWork.Firmware(3),
                Waves.parse(waves),
                new CampaignPlan.Rules(50, ErrorLimit.parse(errors), SOAK, false),
                Optional.empty(),
                new CampaignPlan.Hours(new Pace(50, 0), Duration.ofDays(1), Optional.empty(), Optional.empty()));
    }

    private Campaign started(CampaignRunner runner, CampaignPlan plan) throws RefusedException {
        Campaign made = store.add(plan, "ann", bed.clock.instant()).orElseThrow();
        return runner.start(made, "ann");
    }

    private Campaign campaign(long id) {
        return store.find(id).orElseThrow();
    }

    /// All servers at once, until it stands so; the time goes on.
    private void runUntil(List<CampaignRunner> runners, long campaign, Kind kind) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            List<Thread> threads = new ArrayList<>();
            runners.forEach(runner -> threads.add(Thread.ofVirtual().start(runner::round)));
            jobRunners.forEach(runner -> threads.add(Thread.ofVirtual().start(runner::round)));
            for (Thread thread : threads) {
                thread.join();
            }
            bed.clock.advance(Duration.ofMinutes(1));
            return campaign(campaign).state().kind() == kind;
        });
    }

    private List<Integer> wavesUpdated(long campaign) {
        return campaign(campaign).course().jobs().stream()
                .filter(job -> job.purpose() == WaveJob.Purpose.UPDATE)
                .map(WaveJob::wave)
                .toList();
    }

    @Test
    void three_servers_at_once_run_each_wave_once_and_no_device_twice() throws Exception {
        List<EndpointId> fleet = bed.fleet(60);
        List<CampaignRunner> servers = List.of(runner(), runner(), runner());
        long id = started(servers.getFirst(), plan("", "50%", List.of("5", "20%", "30%", "rest")))
                .id();
        runUntil(servers, id, Kind.DONE);
        assertThat(wavesUpdated(id)).containsExactly(0, 1, 2, 3);
        assertThat(upgraded)
                .hasSize(fleet.size())
                .allSatisfy(
                        (device, times) -> assertThat(times.get()).as(device).isOne());
        assertThat(bed.store.list(Long.MAX_VALUE, 100)).hasSize(4).allMatch(job -> job.state() == JobState.DONE);
        assertThat(bed.history.stream().map(NewEvent::onceKey).filter(key -> key.startsWith("campaign")))
                .doesNotHaveDuplicates();
        List<Standing> report = store.report(id, Optional.empty(), -1, 100);
        assertThat(report).hasSize(60);
        assertThat(report.stream().filter(each -> each.update().state().equals("failed")))
                .hasSize(6)
                .allMatch(each -> each.update().detail().equals("it takes no image"));
    }

    /// What it had begun stands in the database, with the campaign.
    @Test
    void a_server_that_dies_after_any_step_leaves_a_campaign_that_another_finishes() throws Exception {
        bed.fleet(12);
        CampaignRunner first = runner();
        long id = started(first, plan("", "50%", List.of("3", "3", "rest"))).id();
        for (int server = 0; server < 40 && campaign(id).state().kind() == Kind.RUNNING; server++) {
            // each lives for one step
            jobRunners.clear();
            CampaignRunner mortal = runner();
            mortal.round();
            bed.settle(jobRunners.getFirst());
            bed.clock.advance(Duration.ofMinutes(10));
        }
        assertThat(campaign(id).state().kind()).isEqualTo(Kind.DONE);
        assertThat(wavesUpdated(id)).containsExactly(0, 1, 2);
        assertThat(upgraded)
                .hasSize(12)
                .allSatisfy((device, times) -> assertThat(times.get()).isOne());
    }

    @Test
    void a_wave_in_which_too_much_fails_stops_it_at_once_and_only_what_was_begun_is_taken_back() throws Exception {
        for (int i = 0; i < 10; i++) {
            bed.device("bad" + i + "7", true);
        }
        CampaignRunner runner = runner();
        CampaignPlan plan = plan("", "2", List.of("6", "rest"));
        plan = new CampaignPlan(
                plan.name(),
                plan.target(),
                plan.work(),
                plan.waves(),
                plan.rules(),
                plan.gate(),
                new CampaignPlan.Hours(new Pace(1, 0), Duration.ofDays(1), Optional.empty(), Optional.empty()));
        long id = started(runner, plan).id();
        runUntil(List.of(runner), id, Kind.STOPPED);
        assertThat(campaign(id).state().why()).contains("of the 6 devices of wave 1 failed; it stops at 2");
        int begun = upgraded.size();
        assertThat(begun).isBetween(2, 5);
        runner.order(campaign(id), "bob", Orders::rollBack, JobsThen.CANCEL);
        runUntil(List.of(runner), id, Kind.ROLLED_BACK);
        assertThat(upgraded.keySet().stream().filter(device -> device.startsWith("back ")))
                .hasSize(begun);
        assertThat(store.report(id, Optional.empty(), -1, 100).stream()
                        .filter(each -> each.back().isPresent()))
                .hasSize(begun);
    }

    @Test
    void pause_holds_its_job_and_devices_that_are_away_are_waited_for_and_then_absent() throws Exception {
        bed.fleet(4);
        EndpointId away = bed.device("away", false);
        CampaignRunner runner = runner();
        Campaign campaign = started(runner, plan("", "50%", List.of("rest")));
        runner.round();
        assertThat(campaign(campaign.id())).isNotEqualTo(campaign);
        // who pauses it saw it before that round
        campaign = runner.order(campaign, "bob", Orders::pause, JobsThen.PAUSE);
        long job = campaign.updates().getFirst();
        bed.settle(jobRunners.getFirst());
        assertThat(bed.job(job).state()).isEqualTo(JobState.PAUSED);
        assertThat(upgraded).isEmpty();
        runner.order(campaign, "bob", Orders::resume, JobsThen.RESUME);
        await().atMost(PATIENCE).until(() -> {
            runner.round();
            bed.settle(jobRunners.getFirst());
            return upgraded.size() == 4;
        });
        assertThat(campaign(campaign.id()).state().kind()).isEqualTo(Kind.RUNNING);
        bed.clock.advance(Duration.ofDays(1));
        runUntil(List.of(runner), campaign.id(), Kind.DONE);
        assertThat(campaign(campaign.id()).state().why())
                .isEqualTo("4 of 4 devices that were there run the image; 1 was not there");
        assertThat(store.report(campaign.id(), Optional.empty(), -1, 10).stream()
                        .filter(each -> each.device().equals(away))
                        .findFirst()
                        .orElseThrow()
                        .update()
                        .detail())
                .isEqualTo("it did not return before the deadline");
        assertThat(store.delete(campaign(campaign.id()))).isTrue();
        assertThat(bed.store.find(job)).isEmpty();
    }

    @Test
    void of_two_who_change_it_at_once_one_does_and_its_plan_comes_back_as_it_was_kept() throws Exception {
        CampaignPlan plan = new CampaignPlan(
                "süß \u0000 ' \" \\",
                new Audience.Named(List.of(EndpointId.of("proto::a"), EndpointId.of("proto::b"))),
                new CampaignWork.Firmware(7),
                Waves.parse(List.of("1", "12.5%", "rest")),
                new CampaignPlan.Rules(99, ErrorLimit.parse("0.5%"), Duration.ofSeconds(90), true),
                Optional.of(new HealthGate(
                        List.of(Measure.parse("Boot! rises 0.5"), Measure.parse("Device.X.*.Y falls 10%")),
                        9,
                        HealthGate.Unknown.GO_ON)),
                new CampaignPlan.Hours(
                        new Pace(7, 600),
                        Duration.ofHours(3),
                        Optional.of(new ServiceWindow(
                                LocalTime.of(1, 0), LocalTime.of(5, 30), EnumSet.of(DayOfWeek.MONDAY))),
                        Optional.of(ZoneId.of("Europe/Berlin"))));
        Campaign made = store.add(plan, "ann", bed.clock.instant()).orElseThrow();
        Campaign found = campaign(made.id());
        assertThat(found).isEqualTo(made);
        assertThat(found.plan().name()).isEqualTo("süß \ufffd ' \" \\");
        assertThat(found.plan().hours()).isEqualTo(plan.hours());
        assertThat(found.plan().gate()).isEqualTo(plan.gate());
        assertThat(store.with(7)).containsExactly(made.id());
        Campaign one = new Orders(found, "bob", bed.clock.instant()).approve();
        Campaign other = new Orders(found, "eve", bed.clock.instant()).stop();
        assertThat(store.move(found, one, JobsThen.STAY)).isTrue();
        assertThat(store.move(found, other, JobsThen.CANCEL)).isFalse();
        assertThat(campaign(made.id())).isEqualTo(one);
    }
}
