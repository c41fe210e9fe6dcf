// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.controller.alarm.Severity;
import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.Target;
import dev.pharos.controller.job.Timing;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.UnresolvedGroupException;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.server.rest.DeviceQueries;
import dev.pharos.server.store.AlarmRuleStore.StoredRule;
import dev.pharos.server.store.AlarmStore.Search;
import dev.pharos.server.store.GroupStore.SavedGroup;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the server does by itself it does for whoever owns what it does: with their devices, and their groups, alone.
final class WorkForTenantsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Tenant BRAND = new Tenant((short) 1);
    private static final EndpointId OURS = EndpointId.of("proto::ours");
    private static final EndpointId THEIRS = EndpointId.of("proto::theirs");
    private static final EndpointId THEIR_OTHER = EndpointId.of("proto::their-other");

    private static Database database;
    private static DeviceQueries queries;

    /// Two tenants, each with a group of the same name, which means all devices of the one, and one of the other.
    @BeforeAll
    static void two_tenants() {
        database = Database.open(TestDatabase.empty("work_for_tenants"));
        queries = new DeviceQueries(new GroupStore(database));
        database.with(handle -> handle.execute(
                "insert into tenants (no, name, created, created_by) values (1, 'brand', now(), 'test')"));
        Tenant.MAIN.within(() -> {
            device(OURS);
            return new GroupStore(database).put(new SavedGroup("pilots", "online:true", "", Instant.EPOCH, "anna"));
        });
        BRAND.within(() -> {
            device(THEIRS);
            device(THEIR_OTHER);
            return new GroupStore(database)
                    .put(new SavedGroup("pilots", "id = \"proto::theirs\"", "", Instant.EPOCH, "bert"));
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static void device(EndpointId id) {
        new PostgresDeviceStore(database)
                .create(DeviceRecord.unseen(id, true, true, Instant.now())
                        .withConnection("websocket", "127.0.0.1:1", true)
                        .withStatus(DeviceStatus.ONLINE, ""));
    }

    private static JobPlan plan(Audience audience) {
        return new JobPlan(
                "test",
                audience,
                List.of(JobBed.GET),
                new Pace(50, 0),
                new Timing(Instant.now(), Instant.now().plus(Duration.ofDays(1)), Optional.empty(), Optional.empty()),
                new Persistence(0, Duration.ofMinutes(1), false));
    }

    private static JobRunner runner(PostgresJobStore store, Queue<EndpointId> asked) {
        return new JobRunner(new JobRunner.Parts(
                store,
                queries::read,
                (device, request, _) -> {
                    asked.add(device);
                    return JobBed.well(device, request);
                },
                (task, masked) -> {
                    throw new AssertionError("a script is no chore");
                },
                new PostgresModelStore(database),
                _ -> {},
                Clock.systemUTC(),
                ZoneOffset.UTC));
    }

    private static void runToEnd(JobRunner runner, PostgresJobStore store, long job) {
        await().atMost(PATIENCE).until(() -> {
            runner.round();
            return store.find(job).orElseThrow().state() == JobState.DONE && runner.atWork() == 0;
        });
    }

    private static List<EndpointId> concerned(Tenant owner, Audience audience) {
        PostgresJobStore store = new PostgresJobStore(database);
        long job = owner.within(() -> store.add(plan(audience), "tester", Instant.now()))
                .orElseThrow()
                .id();
        ConcurrentLinkedQueue<EndpointId> asked = new ConcurrentLinkedQueue<>();
        try (JobRunner runner = runner(store, asked)) {
            runToEnd(runner, store, job);
        }
        List<EndpointId> targets = owner.within(() -> store.targets(job, Optional.empty(), "", 100)).stream()
                .map(Target::device)
                .toList();
        assertThat(asked).allMatch(targets::contains);
        return targets;
    }

    @Test
    void a_job_concerns_devices_of_whoever_made_it_by_their_own_group() {
        assertThat(concerned(Tenant.MAIN, new Audience.Matching("group:pilots", false)))
                .containsExactly(OURS);
        assertThat(concerned(BRAND, new Audience.Matching("group:pilots", false)))
                .containsExactly(THEIRS);
        assertThat(concerned(BRAND, new Audience.Matching("", false))).containsExactly(THEIR_OTHER, THEIRS);
    }

    @Test
    void a_device_of_another_that_a_job_names_is_one_that_is_not_there() {
        PostgresJobStore store = new PostgresJobStore(database);
        assertThat(concerned(BRAND, new Audience.Named(List.of(OURS, THEIRS)))).containsExactly(OURS, THEIRS);
        long job = store.list(Long.MAX_VALUE, 1).getFirst().id();
        assertThat(BRAND.within(() -> store.targets(job, Optional.empty(), "", 100)))
                .filteredOn(target -> target.device().equals(OURS))
                .singleElement()
                .satisfies(target -> assertThat(target.state().why()).contains("no such device"));
        assertThat(Tenant.MAIN.within(() -> store.find(job))).isEmpty();
        assertThat(Tenant.MAIN.within(() -> store.targets(job, Optional.empty(), "", 100)))
                .isEmpty();
    }

    @Test
    void a_device_that_is_given_away_while_a_job_waits_for_it_is_not_asked_by_that() {
        PostgresJobStore store = new PostgresJobStore(database);
        PostgresDeviceStore devices = new PostgresDeviceStore(database);
        EndpointId id = EndpointId.of("proto::given");
        Tenant.MAIN.within(() -> devices.create(DeviceRecord.unseen(id, true, true, Instant.now())));
        long job = Tenant.MAIN
                .within(() -> store.add(plan(new Audience.Named(List.of(id))), "tester", Instant.now()))
                .orElseThrow()
                .id();
        ConcurrentLinkedQueue<EndpointId> asked = new ConcurrentLinkedQueue<>();
        try (JobRunner runner = runner(store, asked)) {
            await().atMost(PATIENCE).until(() -> {
                runner.round();
                return why(store, job).contains("when it returns");
            });
            new DeviceTenants(database).move(id, BRAND);
            BRAND.within(() -> devices.update(id, now -> now.withStatus(DeviceStatus.ONLINE, "")));
            runToEnd(runner, store, job);
        }
        assertThat(asked).isEmpty();
        assertThat(why(store, job)).contains("no such device");
        BRAND.within(() -> devices.delete(id));
    }

    private static String why(PostgresJobStore store, long job) {
        return Tenant.MAIN.within(() -> store.targets(job, Optional.empty(), "", 1)).stream()
                .map(target -> target.state().why())
                .findFirst()
                .orElse("");
    }

    @Test
    void an_alarm_is_raised_over_devices_of_whose_rule_it_is_and_told_to_nobody_else()
            throws QueryException, UnresolvedGroupException {
        AlarmRuleStore rules = new AlarmRuleStore(database);
        AlarmStore alarms = new AlarmStore(database);
        AlarmRule rule = new AlarmRule(
                "online",
                Severity.MINOR,
                "group:pilots",
                new AlarmCondition.Holds("online:true", Duration.ZERO),
                Optional.empty());
        for (Tenant tenant : List.of(Tenant.MAIN, BRAND)) {
            assertThat(tenant.within(() -> rules.put(rule, Instant.now(), "tester")))
                    .isTrue();
        }
        for (StoredRule stored : rules.all()) {
            rules.forOwner(
                    stored,
                    () -> assertThat(alarms.look(
                                    stored, read("group:pilots"), Optional.of(read("online:true")), Instant.now()))
                            .isTrue());
        }
        Search all = new Search(Optional.empty(), "", "", Severity.WARNING, Long.MAX_VALUE);
        assertThat(Tenant.MAIN.within(() -> alarms.list(all, 10)))
                .extracting(alarm -> alarm.device().orElseThrow())
                .containsExactly(OURS);
        assertThat(BRAND.within(() -> alarms.list(all, 10)))
                .extracting(alarm -> alarm.device().orElseThrow())
                .containsExactly(THEIRS);
    }

    private static Condition read(String query) {
        try {
            return queries.read(query);
        } catch (QueryException | UnresolvedGroupException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
