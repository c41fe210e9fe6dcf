// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.Timing;
import dev.pharos.server.store.ApprovalStore.Approval;
import dev.pharos.server.store.ApprovalStore.Asked;
import dev.pharos.server.store.ApprovalStore.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// That what waits for a second person is done wholly and once, or not at all.
final class ApprovalStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-31T01:02:03Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private final ApprovalStore store = new ApprovalStore(TestDatabase.database());
    private final PostgresJobStore jobs = new PostgresJobStore(TestDatabase.database());
    private final String name = "approved " + UUID.randomUUID();

    private Approval asked() {
        Asked asked = new Asked("job", name, name, 3, List.of("reboot"), List.of("os::1"), "ann", List.of("ann"));
        return store.ask(asked, NOW, LATER, 1_000).orElseThrow();
    }

    private Job made() {
        return jobs.add(
                        new JobPlan(
                                name,
                                new Audience.Matching("tag:nobody", true),
                                List.of(JobBed.REBOOT),
                                new Pace(1, 0),
                                new Timing(
                                        Instant.now().plus(Duration.ofDays(300)),
                                        Instant.now().plus(Duration.ofDays(301)),
                                        Optional.empty(),
                                        Optional.empty()),
                                new Persistence(0, Duration.ofSeconds(1), false)),
                        "ann",
                        NOW)
                .orElseThrow();
    }

    private long madeJobs() {
        return jobs.list(Long.MAX_VALUE, 1_000).stream()
                .filter(job -> job.plan().name().equals(name))
                .count();
    }

    @Test
    void what_fails_midway_leaves_no_job_behind_and_waits_on() {
        Approval held = asked();
        assertThatThrownBy(() -> store.carryOut(held.id(), "bob", NOW, () -> {
                    made();
                    throw new IllegalStateException("the server dies here");
                }))
                .hasMessage("the server dies here");
        assertThat(madeJobs()).isZero();
        assertThat(store.find(held.id()).orElseThrow().state()).isEqualTo(State.WAITING);
        assertThat(asked().id()).as("the same again is the same").isEqualTo(held.id());
    }

    @Test
    void two_who_approve_at_once_have_it_done_once() throws InterruptedException {
        Approval held = asked();
        CountDownLatch both = new CountDownLatch(2);
        List<Thread> people = Stream.of("bob", "carla")
                .map(person -> Thread.ofVirtual().start(() -> {
                    both.countDown();
                    store.carryOut(held.id(), person, NOW, () -> List.of(made().id()));
                }))
                .toList();
        for (Thread person : people) {
            person.join();
        }
        assertThat(madeJobs()).isEqualTo(1);
        Approval done = store.find(held.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.asked().work()).as("forgotten, for it may hold secrets").isEmpty();
        assertThat(store.refuse(held.id(), "bob", "too late", NOW)).isEmpty();
    }

    @Test
    void what_nobody_approves_in_time_expires_and_is_not_done_after() {
        Approval held = asked();
        assertThat(store.carryOut(held.id(), "bob", LATER, () -> List.of(made().id())))
                .isEmpty();
        assertThat(store.expire(LATER)).extracting(Approval::id).contains(held.id());
        assertThat(store.find(held.id()).orElseThrow().state()).isEqualTo(State.EXPIRED);
        assertThat(madeJobs()).isZero();
        assertThat(asked().id()).as("it may be asked for anew").isNotEqualTo(held.id());
    }
}
