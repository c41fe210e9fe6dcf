// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.awaitility.Awaitility.await;

import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobProgress;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.JobState;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.ServiceWindow;
import dev.pharos.controller.job.Target;
import dev.pharos.controller.job.TargetState;
import dev.pharos.controller.job.Timing;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// Devices in a real inventory, of which it is counted how often each was asked, and runners that share one store as
/// servers do.
final class JobBed implements AutoCloseable {
    static final Request<?> GET = new GetRequest(List.of("Device.DeviceInfo.SerialNumber"), 0);
    static final Request<?> REBOOT = new OperateRequest("Device.Reboot()", "", true, Map.of());
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final ManualClock clock = ManualClock.standing();
    final PostgresJobStore store = new PostgresJobStore(TestDatabase.database());
    final PostgresDeviceStore devices = new PostgresDeviceStore(TestDatabase.database());
    final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    /// What became of jobs, as the history is told it.
    final List<NewEvent> history = new CopyOnWriteArrayList<>();
    private final List<JobRunner> runners = new ArrayList<>();

    /// What a device does when it is asked.
    @FunctionalInterface
    interface Behaviour {
        Response answer(EndpointId device, Request<?> request) throws CallException;
    }

    JobBed() {
        close();
    }

    static Response well(EndpointId device, Request<?> request) {
        return request instanceof GetRequest
                ? new GetResponse(List.of(new GetResponse.RequestedPathResult(
                        "Device.DeviceInfo.SerialNumber",
                        Optional.empty(),
                        List.of(new GetResponse.ResolvedPathResult(
                                "Device.DeviceInfo.", Map.of("SerialNumber", device.instanceId()))))))
                : new OperateResponse(List.of(new OperateResponse.OperationResult(
                        "Device.Reboot()", new OperateResponse.OutputArgs(Map.of()))));
    }

    JobRunner runner(Behaviour behaviour) {
        return runner(behaviour, (task, masked) -> {
            throw new AssertionError("a script is no chore");
        });
    }

    JobRunner runner(Behaviour behaviour, DeviceChore chore) {
        JobRunner runner = new JobRunner(new JobRunner.Parts(
                store,
                QueryParser::parse,
                (device, request, timeout) -> {
                    asked.computeIfAbsent(device.instanceId() + " " + name(request), _ -> new AtomicInteger())
                            .incrementAndGet();
                    return behaviour.answer(device, request);
                },
                chore,
                new PostgresModelStore(TestDatabase.database()),
                history::add,
                clock,
                ZoneOffset.UTC));
        runners.add(runner);
        return runner;
    }

    private static String name(Request<?> request) {
        return request instanceof GetRequest ? "get" : "reboot";
    }

    int asked(String device, String request) {
        AtomicInteger count = asked.get(device + " " + request);
        return count == null ? 0 : count.get();
    }

    EndpointId device(String name, boolean online) {
        EndpointId id = EndpointId.of("proto::" + name);
        devices.create(DeviceRecord.unseen(id, true, true, clock.instant())
                .withConnection("websocket", "127.0.0.1:1", true)
                .withStatus(online ? DeviceStatus.ONLINE : DeviceStatus.OFFLINE, ""));
        return id;
    }

    EndpointId stand(EndpointId id, boolean online) {
        devices.update(id, known -> known.withStatus(online ? DeviceStatus.ONLINE : DeviceStatus.OFFLINE, ""));
        return id;
    }

    List<EndpointId> fleet(int many) {
        IntFunction<EndpointId> device = i -> device(String.format("d%04d", i), true);
        return java.util.stream.IntStream.range(0, many).mapToObj(device).toList();
    }

    JobPlan plan(Request<?>... steps) {
        return new JobPlan(
                "test",
                new Audience.Matching("", false),
                List.of(steps),
                new Pace(50, 0),
                new Timing(
                        clock.instant(), clock.instant().plus(Duration.ofDays(1)), Optional.empty(), Optional.empty()),
                new Persistence(0, Duration.ofMinutes(1), false));
    }

    static JobPlan paced(JobPlan plan, Pace pace) {
        return new JobPlan(plan.name(), plan.audience(), plan.steps(), pace, plan.timing(), plan.persistence());
    }

    static JobPlan to(JobPlan plan, Audience audience) {
        return new JobPlan(plan.name(), audience, plan.steps(), plan.pace(), plan.timing(), plan.persistence());
    }

    static JobPlan persistent(JobPlan plan, Persistence persistence) {
        return new JobPlan(plan.name(), plan.audience(), plan.steps(), plan.pace(), plan.timing(), persistence);
    }

    JobPlan timed(JobPlan plan, Instant start, Instant deadline, Optional<ServiceWindow> window) {
        Timing timing = new Timing(start, deadline, window, Optional.empty());
        return new JobPlan(plan.name(), plan.audience(), plan.steps(), plan.pace(), timing, plan.persistence());
    }

    long add(JobPlan plan) {
        return store.add(plan, "tester", clock.instant()).orElseThrow().id();
    }

    /// Rounds until nothing is at work and the job has come so far.
    void runUntil(JobRunner runner, long job, JobState state) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            runner.round();
            return job(job).state() == state && runner.atWork() == 0;
        });
    }

    /// Some rounds, in which all that can begin has begun and ended.
    void settle(JobRunner runner) {
        for (int i = 0; i < 5; i++) {
            runner.round();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> runner.atWork() == 0);
        }
    }

    Job job(long id) {
        return store.find(id).orElseThrow();
    }

    JobProgress progress(long job) {
        return store.progress(List.of(job)).getOrDefault(job, JobProgress.NONE);
    }

    Target target(long job, EndpointId device) {
        return store.targets(job, Optional.empty(), "", 10_000).stream()
                .filter(each -> each.device().equals(device))
                .findFirst()
                .orElseThrow();
    }

    TargetState.Kind kind(long job, EndpointId device) {
        return target(job, device).state().kind();
    }

    @Override
    public void close() {
        runners.forEach(JobRunner::close);
        TestDatabase.database().with(handle -> handle.execute("delete from campaigns"));
        TestDatabase.database().with(handle -> handle.execute("delete from jobs"));
        TestDatabase.database().with(handle -> handle.execute("delete from devices"));
    }
}
