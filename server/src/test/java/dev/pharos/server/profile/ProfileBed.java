// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import static org.awaitility.Awaitility.await;

import dev.pharos.controller.job.Job;
import dev.pharos.controller.job.JobRunner;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Target;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.store.PostgresDeviceStore;
import dev.pharos.server.store.PostgresEventStore;
import dev.pharos.server.store.PostgresJobStore;
import dev.pharos.server.store.PostgresModelStore;
import dev.pharos.server.store.PostgresTwinStore;
import dev.pharos.server.store.ProfileStore;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.server.yaml.YamlException;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Devices on paper in a real inventory, and servers that bring them to profiles over one PostgreSQL.
final class ProfileBed implements AutoCloseable {
    static final Pace PACE = new Pace(50, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final ManualClock clock = ManualClock.standing();
    final Stores stores = new Stores(
            new PostgresDeviceStore(TestDatabase.database()),
            new PostgresTwinStore(TestDatabase.database()),
            new PostgresEventStore(TestDatabase.database()),
            new PostgresModelStore(TestDatabase.database()));
    final PostgresJobStore jobs = new PostgresJobStore(TestDatabase.database());
    private final Map<EndpointId, PaperGateway> gateways = new ConcurrentHashMap<>();
    private final List<JobRunner> runners = new ArrayList<>();

    /// Over an inventory without devices: a profile for all of them waits for one that another test has left offline.
    ProfileBed() {
        clear();
    }

    /// What comes between a server and its devices.
    @FunctionalInterface
    interface Interference {
        Response answer(PaperGateway gateway, Request<?> request) throws CallException;
    }

    /// A server: who runs its jobs, who holds its profiles, what people ask of it, and what it told.
    record Server(JobRunner runner, ProfileKeeper keeper, ProfileDesk desk, List<DeviceEvent> told) {}

    Server server(Interference interference) {
        Profiles profiles = new Profiles(
                stores,
                TestDatabase.database(),
                (device, request, timeout) -> answered(device, request, interference),
                QueryParser::parse,
                clock);
        JobRunner runner = new JobRunner(new JobRunner.Parts(
                jobs,
                QueryParser::parse,
                (device, request, timeout) -> {
                    throw new AssertionError("nothing here is a script");
                },
                profiles.chore(),
                stores.models(),
                event -> {},
                clock,
                ZoneOffset.UTC));
        runners.add(runner);
        List<DeviceEvent> told = new CopyOnWriteArrayList<>();
        return new Server(runner, profiles.keeper(event -> told.add(event.event())), profiles.desk(runner), told);
    }

    /// The twin learns from each answer, as it does from a controller's calls.
    private Response answered(EndpointId device, Request<?> request, Interference interference) throws CallException {
        PaperGateway gateway = Objects.requireNonNull(gateways.get(device));
        Response response = interference.answer(gateway, request);
        learn(device);
        return response;
    }

    void learn(EndpointId device) {
        stores.twins()
                .replaceUnder(
                        device,
                        "Device.",
                        Objects.requireNonNull(gateways.get(device)).snapshot().entrySet().stream()
                                .map(each -> new TwinValue(
                                        each.getKey(), each.getValue(), false, clock.instant(), TwinValue.Source.GET))
                                .toList());
    }

    /// Something but us changes a device, which tells of it.
    void drift(Server server, String name, String path, String value) {
        EndpointId id = EndpointId.of("proto::" + name);
        Objects.requireNonNull(gateways.get(id)).write(path, value);
        learn(id);
        server.keeper()
                .eventStored(new StoredEvent(
                        1,
                        new DeviceEvent(
                                clock.instant(),
                                Optional.of(id),
                                EventKind.VALUE_CHANGE,
                                path,
                                "",
                                value,
                                Map.of(),
                                "",
                                "")));
    }

    /// Some rounds, in which all that can be put right is.
    void settle(Server server) {
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofSeconds(3));
            server.keeper().round();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> server.keeper().atWork() == 0);
        }
    }

    Server server() {
        return server(PaperGateway::answer);
    }

    PaperGateway device(String name, boolean online, String... values) {
        EndpointId id = EndpointId.of("proto::" + name);
        PaperGateway gateway = new PaperGateway(values);
        gateways.put(id, gateway);
        stores.devices()
                .create(DeviceRecord.unseen(id, true, true, clock.instant())
                        .withConnection("websocket", "127.0.0.1:1", true)
                        .withOnboarded(true)
                        .withStatus(online ? DeviceStatus.ONLINE : DeviceStatus.OFFLINE, ""));
        learn(id);
        return gateway;
    }

    void stand(String name, boolean online) {
        stores.devices()
                .update(
                        EndpointId.of("proto::" + name),
                        known -> known.withStatus(online ? DeviceStatus.ONLINE : DeviceStatus.OFFLINE, ""));
    }

    static List<Profile> profiles(String text) throws YamlException {
        return ProfileFile.read(text).stream().map(ProfileFile.Written::profile).toList();
    }

    static long apply(Server server, String text) throws YamlException, ProfileRefusedException {
        return server.desk()
                .apply(profiles(text), PACE, "tester")
                .getFirst()
                .job()
                .id();
    }

    Job runUntilEnded(Server server, long job) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            server.runner().round();
            return jobs.find(job).orElseThrow().course().ended().isPresent()
                    && server.runner().atWork() == 0;
        });
        return jobs.find(job).orElseThrow();
    }

    /// How many devices a job has.
    long progressOf(long job) {
        return jobs.targets(job, Optional.empty(), "", 10_000).size();
    }

    Target target(long job, String device) {
        return jobs.targets(job, Optional.empty(), "", 10_000).stream()
                .filter(each -> each.device().instanceId().equals(device))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        runners.forEach(JobRunner::close);
        clear();
    }

    private void clear() {
        ProfileStore profiles = new ProfileStore(TestDatabase.database());
        profiles.all().forEach(each -> profiles.remove(each.name(), clock.instant(), "tester"));
        jobs.list(Long.MAX_VALUE, 10_000)
                .forEach(job -> jobs.move(
                        job.id(),
                        java.util.EnumSet.allOf(dev.pharos.controller.job.JobState.class),
                        dev.pharos.controller.job.JobState.FAILED,
                        "",
                        clock.instant()));
        jobs.deleteBefore(clock.instant().plus(Duration.ofDays(1)));
        stores.devices()
                .list(new DeviceQuery(Condition.EVERYTHING, DeviceQuery.Sort.ID, false, 10_000, ""))
                .items()
                .forEach(device -> stores.devices().delete(device.id()));
    }
}
