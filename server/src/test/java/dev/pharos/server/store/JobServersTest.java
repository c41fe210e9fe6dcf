// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.TargetState;
import dev.pharos.controller.job.TargetState.Kind;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Jobs whose server dies, stops, or is one of several: nothing that must not run twice does.
final class JobServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final JobBed bed = new JobBed();

    @AfterEach
    void clean() {
        bed.close();
    }

    /// The server dies between sending and storing: a new one over the same store must not send again.
    @Test
    void nothing_that_must_not_run_twice_runs_twice_because_a_server_died() throws Exception {
        EndpointId device = bed.device("victim", true);
        long reboot = bed.add(bed.plan(JobBed.REBOOT));
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        JobRunner dying = bed.runner((id, request) -> {
            sent.countDown();
            hold(never);
            return JobBed.well(id, request);
        });
        dying.round();
        dying.round();
        assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bed.kind(reboot, device)).isEqualTo(Kind.RUNNING);
        JobRunner next = bed.runner(JobBed::well);
        bed.settle(next);
        assertThat(bed.kind(reboot, device)).as("it may still be at work").isEqualTo(Kind.RUNNING);
        bed.clock.advance(Duration.ofMinutes(1));
        bed.runUntil(next, reboot, JobState.DONE);
        assertThat(bed.target(reboot, device).state())
                .isEqualTo(new TargetState.Uncertain(
                        "whether it ran is not known: the server ended before the device's answer was stored"));
        assertThat(bed.asked("victim", "reboot")).isOne();
        never.countDown();
        await().atMost(PATIENCE).until(() -> dying.atWork() == 0);
        assertThat(bed.kind(reboot, device)).as("a claim that passed is void").isEqualTo(Kind.UNCERTAIN);
    }

    @Test
    void what_may_run_twice_is_repeated_after_a_server_died_and_a_script_goes_on_at_its_step() throws Exception {
        EndpointId device = bed.device("victim", true);
        long job = bed.add(bed.plan(JobBed.REBOOT, JobBed.GET));
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        JobRunner dying = bed.runner((id, request) -> {
            if (request.equals(JobBed.GET)) {
                sent.countDown();
                hold(never);
            }
            return JobBed.well(id, request);
        });
        dying.round();
        dying.round();
        assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
        bed.clock.advance(Duration.ofMinutes(1));
        bed.runUntil(bed.runner(JobBed::well), job, JobState.DONE);
        assertThat(bed.kind(job, device)).isEqualTo(Kind.DONE);
        assertThat(bed.asked("victim", "reboot")).isOne();
        assertThat(bed.asked("victim", "get")).isEqualTo(2);
        assertThat(bed.target(job, device).answers()).containsOnlyKeys(0, 1);
        never.countDown();
    }

    @Test
    void an_operator_may_say_that_what_is_uncertain_is_repeated() throws Exception {
        EndpointId device = bed.device("victim", true);
        long job = bed.add(JobBed.persistent(bed.plan(JobBed.REBOOT), new Persistence(0, Duration.ofMinutes(1), true)));
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        JobRunner dying = bed.runner((id, request) -> {
            sent.countDown();
            hold(never);
            return JobBed.well(id, request);
        });
        dying.round();
        dying.round();
        assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
        bed.clock.advance(Duration.ofMinutes(1));
        bed.runUntil(bed.runner(JobBed::well), job, JobState.DONE);
        assertThat(bed.kind(job, device)).isEqualTo(Kind.DONE);
        assertThat(bed.asked("victim", "reboot")).isEqualTo(2);
        never.countDown();
    }

    @Test
    void a_server_that_lives_keeps_its_claims_however_long_a_device_takes() throws Exception {
        EndpointId device = bed.device("slow", true);
        long job = bed.add(bed.plan(JobBed.REBOOT));
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        JobRunner slow = bed.runner((id, request) -> {
            sent.countDown();
            hold(answer);
            return JobBed.well(id, request);
        });
        slow.round();
        slow.round();
        assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
        JobRunner other = bed.runner(JobBed::well);
        for (int i = 0; i < 10; i++) {
            bed.clock.advance(Duration.ofSeconds(10));
            slow.round();
            other.round();
        }
        answer.countDown();
        bed.runUntil(other, job, JobState.DONE);
        assertThat(bed.kind(job, device)).isEqualTo(Kind.DONE);
        assertThat(bed.asked("slow", "reboot")).isOne();
    }

    @Test
    void servers_share_a_job_without_asking_any_device_twice_or_going_faster_than_it_may() {
        List<EndpointId> fleet = bed.fleet(120);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        JobBed.Behaviour counted = (id, request) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            sleep(2);
            now.decrementAndGet();
            return JobBed.well(id, request);
        };
        long job = bed.add(JobBed.paced(bed.plan(JobBed.REBOOT), new Pace(10, 0)));
        List<JobRunner> servers = List.of(
                bed.runner(counted).start(),
                bed.runner(counted).start(),
                bed.runner(counted).start());
        await().atMost(PATIENCE).until(() -> bed.job(job).state() == JobState.DONE);
        assertThat(bed.progress(job).of(Kind.DONE)).isEqualTo(fleet.size());
        assertThat(bed.asked)
                .hasSize(fleet.size())
                .allSatisfy(
                        (device, times) -> assertThat(times.get()).as(device).isOne());
        assertThat(most.get()).isBetween(1, 10);
        assertThat(servers).allMatch(server -> server.atWork() == 0);
    }

    @Test
    void a_server_that_stops_in_order_leaves_nothing_at_work() throws Exception {
        EndpointId device = bed.device("slow", true);
        long job = bed.add(bed.plan(JobBed.GET));
        CountDownLatch sent = new CountDownLatch(1);
        JobRunner stopping = bed.runner((id, request) -> {
            sent.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            throw new CallTimedOutException(id, "the caller was interrupted", true);
        });
        stopping.start();
        assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
        stopping.close();
        assertThat(bed.target(job, device).state().why()).isEqualTo("the server was stopped");
        bed.runUntil(bed.runner(JobBed::well), job, JobState.DONE);
        assertThat(bed.kind(job, device)).isEqualTo(Kind.DONE);
    }

    private static void hold(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
