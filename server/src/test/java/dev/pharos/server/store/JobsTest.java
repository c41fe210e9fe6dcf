// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.Limits;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.ServiceWindow;
import dev.pharos.controller.job.Target;
import dev.pharos.controller.job.TargetState;
import dev.pharos.controller.job.TargetState.Kind;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Jobs on a real PostgreSQL, with devices that count how often they are asked.
final class JobsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final JobBed bed = new JobBed();

    @AfterEach
    void clean() {
        bed.close();
    }

    @Test
    void every_device_is_asked_once_and_its_answer_is_kept() {
        List<EndpointId> fleet = bed.fleet(300);
        long job = bed.add(bed.plan(JobBed.GET));
        JobRunner runner = bed.runner(JobBed::well).start();
        await().atMost(PATIENCE).until(() -> bed.job(job).state() == JobState.DONE);
        assertThat(bed.progress(job).of(Kind.DONE)).isEqualTo(fleet.size());
        assertThat(bed.asked)
                .hasSize(fleet.size())
                .allSatisfy(
                        (device, times) -> assertThat(times.get()).as(device).isOne());
        Target target = bed.target(job, fleet.get(17));
        assertThat(target.answers().values().toString()).contains("SerialNumber", "d0017");
        assertThat(bed.job(job).course().ended()).isPresent();
        assertThat(runner.atWork()).isZero();
    }

    @Test
    void the_history_is_told_when_a_job_starts_is_paused_goes_on_and_ends() {
        bed.fleet(3);
        bed.device("broken", true);
        long id = bed.add(bed.plan(JobBed.GET));
        JobRunner runner = bed.runner((device, request) -> {
            if (device.instanceId().equals("broken")) {
                throw new CallTimedOutException(device, "no answer", true);
            }
            return JobBed.well(device, request);
        });
        Job job = bed.job(id);
        assertThat(runner.move(job, EnumSet.of(JobState.WAITING), JobState.PAUSED, "anna"))
                .isTrue();
        assertThat(runner.move(job, EnumSet.of(JobState.WAITING), JobState.PAUSED, "anna"))
                .isFalse();
        assertThat(runner.move(job, EnumSet.of(JobState.PAUSED), JobState.WAITING, "bert"))
                .isTrue();
        bed.runUntil(runner, id, JobState.DONE);
        String about = "job " + id + ", " + job.plan().name() + ": ";
        assertThat(bed.history)
                .extracting(each -> each.event().text())
                .containsExactly(
                        about + "is paused by anna",
                        about + "goes on by bert",
                        about + "starts with 4 devices",
                        about + "has ended: 3 of 4 devices done, 1 failed");
        assertThat(bed.history.getLast().event().args()).isEqualTo(Map.of("job", Long.toString(id), "state", "done"));
        assertThat(bed.history.getLast().onceKey()).isEqualTo("job " + id + " ended");
    }

    @Test
    void a_job_comes_out_as_it_went_in() {
        Instant start = bed.clock.instant().plus(Duration.ofHours(1));
        ServiceWindow window =
                new ServiceWindow(LocalTime.of(22, 30), LocalTime.of(5, 0), EnumSet.of(java.time.DayOfWeek.MONDAY));
        JobPlan plan = JobBed.persistent(
                JobBed.paced(
                        bed.timed(
                                bed.plan(JobBed.GET, JobBed.REBOOT),
                                start,
                                start.plus(Duration.ofDays(3)),
                                Optional.of(window)),
                        new Pace(7, 30)),
                new Persistence(2, Duration.ofSeconds(90), true));
        Job job = bed.job(bed.add(plan));
        assertThat(job.plan()).isEqualTo(plan);
        assertThat(job.createdBy()).isEqualTo("tester");
        JobPlan named = JobBed.to(bed.plan(JobBed.GET), new Audience.Named(List.of(EndpointId.of("proto::a%2Fb"))));
        assertThat(bed.job(bed.add(named)).plan()).isEqualTo(named);
        assertThat(bed.store.list(Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(bed.store.list(job.id() + 1, 10)).containsExactly(job);
    }

    @Test
    void devices_that_are_away_are_done_when_they_return() {
        EndpointId here = bed.device("here", true);
        EndpointId away = bed.device("away", false);
        long job = bed.add(bed.plan(JobBed.GET));
        JobRunner runner = bed.runner(JobBed::well);
        bed.settle(runner);
        assertThat(bed.kind(job, here)).isEqualTo(Kind.DONE);
        assertThat(bed.kind(job, away)).isEqualTo(Kind.OFFLINE);
        assertThat(bed.job(job).state()).isEqualTo(JobState.RUNNING);
        bed.stand(away, true);
        runner.deviceChanged(bed.devices.find(away).orElseThrow());
        bed.runUntil(runner, job, JobState.DONE);
        assertThat(bed.asked("away", "get")).isOne();
    }

    @Test
    void a_return_that_nobody_told_of_is_noticed_too_and_so_is_a_device_that_was_removed() {
        EndpointId away = bed.device("away", false);
        EndpointId gone = bed.device("gone", false);
        long job = bed.add(bed.plan(JobBed.GET));
        JobRunner runner = bed.runner(JobBed::well);
        bed.settle(runner);
        bed.stand(away, true);
        bed.devices.delete(gone);
        bed.settle(runner);
        assertThat(bed.kind(job, away)).isEqualTo(Kind.OFFLINE);
        bed.clock.advance(Duration.ofMinutes(1));
        bed.runUntil(runner, job, JobState.DONE);
        assertThat(bed.kind(job, away)).isEqualTo(Kind.DONE);
        assertThat(bed.target(job, gone).state())
                .isEqualTo(new TargetState.Failed("the inventory has no such device any more"));
    }

    @Test
    void devices_are_fixed_when_the_job_starts_and_those_named_need_not_exist() {
        EndpointId first = bed.device("first", true);
        Instant start = bed.clock.instant().plus(Duration.ofHours(1));
        long job = bed.add(bed.timed(bed.plan(JobBed.GET), start, start.plus(Duration.ofDays(1)), Optional.empty()));
        EndpointId unknown = EndpointId.of("proto::unknown");
        long named = bed.add(JobBed.to(bed.plan(JobBed.GET), new Audience.Named(List.of(first, unknown, first))));
        JobRunner runner = bed.runner(JobBed::well);
        bed.settle(runner);
        assertThat(bed.job(job).state()).isEqualTo(JobState.WAITING);
        assertThat(bed.progress(job).total()).isZero();
        assertThat(bed.progress(named).total()).isEqualTo(2);
        assertThat(bed.target(named, unknown).state())
                .isEqualTo(new TargetState.Failed("the inventory has no such device"));
        EndpointId second = bed.device("second", true);
        bed.clock.set(start);
        bed.runUntil(runner, job, JobState.DONE);
        assertThat(bed.kind(job, second)).isEqualTo(Kind.DONE);
        bed.device("third", true);
        bed.settle(runner);
        assertThat(bed.progress(job).total()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_query_that_means_nobody_fails_the_job_unless_that_is_allowed(boolean allowed) {
        long job = bed.add(JobBed.to(bed.plan(JobBed.GET), new Audience.Matching("nobody-at-all", allowed)));
        bed.runUntil(bed.runner(JobBed::well), job, allowed ? JobState.DONE : JobState.FAILED);
        assertThat(bed.job(job).course().ended()).isPresent();
        assertThat(bed.job(job).course().note()).isEqualTo(allowed ? "" : "its query meant no device when it started");
    }

    @Test
    void a_query_that_has_become_none_fails_the_job_with_the_reason() {
        bed.device("x", true);
        long job = bed.add(JobBed.to(bed.plan(JobBed.GET), new Audience.Matching("(((", false)));
        bed.runUntil(bed.runner(JobBed::well), job, JobState.FAILED);
        assertThat(bed.job(job).course().note()).contains("cannot be read any more");
    }

    @Test
    void more_devices_than_a_job_may_concern_are_not_begun_with() {
        bed.fleet(5);
        Job job = bed.job(bed.add(bed.plan(JobBed.GET)));
        var everybody = Optional.of(dev.pharos.controller.query.Condition.EVERYTHING);
        assertThat(bed.store.start(job, everybody, 4, bed.clock.instant())).isEqualTo(5);
        assertThat(bed.progress(job.id()).total()).isZero();
        assertThat(bed.job(job.id()).state()).isEqualTo(JobState.WAITING);
        assertThat(bed.store.start(job, everybody, 5, bed.clock.instant())).isEqualTo(5);
        assertThat(bed.store.start(job, everybody, 5, bed.clock.instant()))
                .as("another server had started it")
                .isEqualTo(5);
    }

    @Test
    void no_more_devices_begin_in_a_minute_than_the_job_allows() {
        bed.fleet(10);
        long job = bed.add(JobBed.paced(bed.plan(JobBed.GET), new Pace(50, 4)));
        JobRunner runner = bed.runner(JobBed::well);
        bed.settle(runner);
        assertThat(bed.progress(job).of(Kind.DONE)).isOne();
        for (int second = 0; second < 59; second++) {
            bed.clock.advance(Duration.ofSeconds(1));
            runner.round();
        }
        bed.settle(runner);
        assertThat(bed.progress(job).of(Kind.DONE)).isEqualTo(4);
        bed.clock.advance(Duration.ofSeconds(3));
        bed.settle(runner);
        assertThat(bed.progress(job).of(Kind.DONE)).isEqualTo(5);
    }

    @Test
    void a_window_is_by_the_clock_of_each_device() {
        EndpointId utc = bed.device("utc", true);
        EndpointId berlin = bed.device("berlin", true);
        new PostgresTwinStore(TestDatabase.database())
                .put(
                        berlin,
                        List.of(new TwinValue(
                                "Device.Time.LocalTimeZone",
                                "CET-1CEST,M3.5.0,M10.5.0/3",
                                false,
                                bed.clock.instant(),
                                TwinValue.Source.GET)));
        long job = bed.add(bed.timed(
                bed.plan(JobBed.GET),
                bed.clock.instant(),
                bed.clock.instant().plus(Duration.ofDays(2)),
                Optional.of(ServiceWindow.daily(LocalTime.of(1, 0), LocalTime.of(2, 0)))));
        JobRunner runner = bed.runner(JobBed::well);
        bed.settle(runner);
        assertThat(bed.target(job, berlin).state())
                .isEqualTo(new TargetState.Waiting(
                        Instant.parse("2026-01-02T00:00:00Z"), "for its window, 01:00-02:00 by its own clock"));
        bed.clock.set(Instant.parse("2026-01-02T00:00:00Z"));
        bed.settle(runner);
        assertThat(bed.kind(job, berlin)).isEqualTo(Kind.DONE);
        assertThat(bed.kind(job, utc)).isEqualTo(Kind.WAITING);
        bed.clock.set(Instant.parse("2026-01-02T01:00:00Z"));
        bed.runUntil(runner, job, JobState.DONE);
        assertThat(bed.kind(job, utc)).isEqualTo(Kind.DONE);
    }

    @Test
    void a_job_that_is_paused_begins_with_nothing_and_goes_on_when_it_is_resumed() {
        bed.fleet(20);
        long job = bed.add(JobBed.paced(bed.plan(JobBed.GET), new Pace(5, 0)));
        JobRunner runner = bed.runner(JobBed::well);
        runner.round();
        runner.round();
        assertThat(bed.store.move(job, EnumSet.of(JobState.RUNNING), JobState.PAUSED, "", bed.clock.instant()))
                .isTrue();
        bed.settle(runner);
        assertThat(bed.progress(job).of(Kind.DONE)).isEqualTo(5);
        assertThat(bed.progress(job).of(Kind.WAITING)).isEqualTo(15);
        JobRunner afterRestart = bed.runner(JobBed::well);
        bed.settle(afterRestart);
        assertThat(bed.job(job).state()).as("a restart resumes nothing").isEqualTo(JobState.PAUSED);
        bed.store.move(job, EnumSet.of(JobState.PAUSED), JobState.RUNNING, "", bed.clock.instant());
        bed.runUntil(afterRestart, job, JobState.DONE);
        assertThat(bed.asked)
                .allSatisfy(
                        (device, times) -> assertThat(times.get()).as(device).isOne());
    }

    @Test
    void a_script_that_is_paused_stops_between_two_steps_and_one_that_is_cancelled_ends_there() throws Exception {
        EndpointId device = bed.device("script", true);
        long paused = bed.add(bed.plan(JobBed.REBOOT, JobBed.GET));
        JobRunner runner = bed.runner((id, request) -> {
            if (request.equals(JobBed.REBOOT)) {
                bed.store
                        .open()
                        .forEach(job -> bed.store.move(
                                job.id(),
                                EnumSet.of(JobState.RUNNING),
                                job.id() == paused ? JobState.PAUSED : JobState.CANCELLED,
                                "",
                                bed.clock.instant()));
            }
            return JobBed.well(id, request);
        });
        bed.settle(runner);
        assertThat(bed.target(paused, device))
                .extracting(each -> each.state().kind(), Target::step)
                .containsExactly(Kind.WAITING, 1);
        bed.store.move(paused, EnumSet.of(JobState.PAUSED), JobState.RUNNING, "", bed.clock.instant());
        bed.runUntil(runner, paused, JobState.DONE);
        assertThat(bed.asked("script", "reboot")).isOne();
        long cancelled = bed.add(bed.plan(JobBed.REBOOT, JobBed.GET));
        bed.settle(runner);
        assertThat(bed.job(cancelled).state()).isEqualTo(JobState.CANCELLED);
        assertThat(bed.job(cancelled).course().ended()).isPresent();
        assertThat(bed.target(cancelled, device))
                .extracting(each -> each.state().kind(), Target::step)
                .containsExactly(Kind.CANCELLED, 1);
    }

    @Test
    void a_job_that_is_cancelled_takes_those_with_it_that_have_not_begun() {
        EndpointId away = bed.device("away", false);
        long job = bed.add(bed.plan(JobBed.GET));
        JobRunner runner = bed.runner(JobBed::well);
        bed.settle(runner);
        EnumSet<JobState> going = EnumSet.of(JobState.RUNNING, JobState.WAITING);
        assertThat(bed.store.move(job, going, JobState.CANCELLED, "by me", bed.clock.instant()))
                .isTrue();
        bed.settle(runner);
        assertThat(bed.kind(job, away)).isEqualTo(Kind.CANCELLED);
        assertThat(bed.job(job).course().ended()).isPresent();
        assertThat(bed.store.move(job, going, JobState.CANCELLED, "", bed.clock.instant()))
                .as("twice")
                .isFalse();
        long never = bed.add(bed.plan(JobBed.GET));
        bed.store.move(never, going, JobState.CANCELLED, "", bed.clock.instant());
        assertThat(bed.job(never).course().ended()).as("it had not started").isPresent();
    }

    @Test
    void what_has_not_begun_by_the_deadline_is_given_up() {
        EndpointId away = bed.device("away", false);
        long job = bed.add(bed.plan(JobBed.GET));
        JobRunner runner = bed.runner(JobBed::well);
        bed.settle(runner);
        bed.clock.advance(Duration.ofDays(1));
        bed.runUntil(runner, job, JobState.DONE);
        assertThat(bed.target(job, away).state())
                .isEqualTo(new TargetState.Failed("it did not return before the deadline"));
    }

    @Test
    void a_step_is_tried_again_after_its_pause_and_the_steps_after_it_have_tries_of_their_own() {
        EndpointId device = bed.device("late", true);
        AtomicInteger calls = new AtomicInteger();
        long job = bed.add(
                JobBed.persistent(bed.plan(JobBed.GET, JobBed.GET), new Persistence(1, Duration.ofMinutes(1), false)));
        JobRunner runner = bed.runner((id, request) -> {
            if (calls.incrementAndGet() % 2 == 1) {
                throw new CallTimedOutException(id, "no answer", true);
            }
            return JobBed.well(id, request);
        });
        bed.settle(runner);
        assertThat(bed.target(job, device).state())
                .isEqualTo(
                        new TargetState.Waiting(bed.clock.instant().plusSeconds(60), "to be tried again: no answer"));
        bed.clock.advance(Duration.ofMinutes(1));
        bed.settle(runner);
        assertThat(bed.target(job, device).step())
                .as("the second try did the first step")
                .isOne();
        bed.clock.advance(Duration.ofMinutes(1));
        bed.runUntil(runner, job, JobState.DONE);
        assertThat(bed.kind(job, device)).isEqualTo(Kind.DONE);
        assertThat(calls).hasValue(4);
    }

    @Test
    void a_device_that_leaves_before_its_request_was_sent_waits_for_its_return_with_nothing_lost() {
        EndpointId device = bed.device("leaver", true);
        long job = bed.add(bed.plan(JobBed.REBOOT));
        JobRunner runner = bed.runner((id, request) -> {
            if (bed.asked("leaver", "reboot") == 1) {
                bed.stand(id, false);
                throw new DeviceUnreachableException(id, "it is not connected", Optional.empty(), false);
            }
            return JobBed.well(id, request);
        });
        bed.settle(runner);
        assertThat(bed.kind(job, device)).isEqualTo(Kind.OFFLINE);
        bed.stand(device, true);
        runner.deviceChanged(bed.devices.find(device).orElseThrow());
        bed.runUntil(runner, job, JobState.DONE);
        assertThat(bed.kind(job, device)).isEqualTo(Kind.DONE);
    }

    @Test
    void secrets_stay_only_until_the_job_has_ended() {
        bed.device("x", true);
        SetRequest secret = new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(
                        "Device.WiFi.AccessPoint.1.Security.",
                        List.of(new ParameterSetting("KeyPassphrase", "open sesame", true)))));
        long job = bed.add(bed.plan(secret));
        assertThat(bed.job(job).plan().steps().getFirst()).isEqualTo(secret);
        bed.runUntil(
                bed.runner((id, request) -> new dev.pharos.usp.message.SetResponse(List.of())), job, JobState.DONE);
        assertThat(bed.job(job).plan().toString()).doesNotContain("sesame").contains("******");
    }

    @Test
    void as_many_jobs_may_be_open_as_one_server_can_look_after_and_old_ones_are_forgotten() {
        Instant start = bed.clock.instant().plus(Duration.ofHours(1));
        JobPlan later = bed.timed(bed.plan(JobBed.GET), start, start.plus(Duration.ofDays(1)), Optional.empty());
        for (int i = 0; i < Limits.OPEN_JOBS; i++) {
            bed.add(later);
        }
        assertThat(bed.store.add(later, "tester", bed.clock.instant())).isEmpty();
        bed.store
                .open()
                .forEach(job -> bed.store.move(
                        job.id(), EnumSet.of(JobState.WAITING), JobState.CANCELLED, "", bed.clock.instant()));
        bed.store.deleteBefore(bed.clock.instant());
        assertThat(bed.store.list(Long.MAX_VALUE, 1_000)).hasSize(Limits.OPEN_JOBS);
        bed.store.deleteBefore(bed.clock.instant().plusMillis(1));
        assertThat(bed.store.list(Long.MAX_VALUE, 1_000)).isEmpty();
    }
}
