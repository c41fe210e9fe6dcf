// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.agent;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// What the agent as it ships adds to the way to it and back. Each is one figure of `bench agent`; the other side is
/// an endpoint that gives every Record back over the same transport.
public final class AgentBenchmark implements Benchmark {
    /// Names them together.
    public static final String GROUP = "agent";

    /// What the device says of itself, without its tables: about as much from every agent.
    private static final Body READ = new GetRequest(List.of("Device.DeviceInfo."), 1);
    private static final Body READ_INFO = new GetRequest(List.of("Device.DeviceInfo."), 0);
    private static final Body READ_ALL = new GetRequest(List.of("Device."), 0);
    private static final Body SCHEMA = new GetSupportedDmRequest(List.of("Device."), false, true, true, true, true);
    private static final int READS = 500;
    private static final List<Integer> WINDOWS = List.of(32, 128, 512);
    private static final int IN_WINDOW = 5_000;
    private static final int WRITES = 100;
    private static final int WHOLE = 20;
    private static final int MANY = 100_000;
    private static final double SMALL_MIB = 64;

    /// How long one figure may take, so that all of them take less than a quarter of an hour.
    private static final Duration MOST = Duration.ofSeconds(30);

    private final String name;
    private final String definition;
    private final Measurement measurement;

    private AgentBenchmark(String name, String definition, Measurement measurement) {
        this.name = GROUP + "-" + name;
        this.definition = definition;
        this.measurement = measurement;
    }

    /// How one figure is found.
    @FunctionalInterface
    private interface Measurement {
        Outcome run() throws Exception;
    }

    /// All that `bench agent` measures.
    ///
    /// @param peer another agent that runs and listens, to be compared with; empty for none
    public static List<Benchmark> all(Optional<String> peer) {
        List<Benchmark> all = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            String way = transport.name().toLowerCase(Locale.ROOT);
            all.add(new AgentBenchmark(
                    "get-" + way,
                    "time of one Get of what Device.DeviceInfo. itself has, over " + transport
                            + ", one in flight / an echo of it",
                    () -> compared(transport, false, 3.0, true, "µs", AgentBenchmark::latency)));
            for (int size : WINDOWS) {
                all.add(new AgentBenchmark(
                        "window-" + way + "-" + size,
                        "the same Gets a second over " + transport + ", " + size
                                + " in flight, each answered / echoes a second",
                        () -> compared(
                                transport,
                                false,
                                0.3,
                                false,
                                "requests/s",
                                (end, _) -> end.run(READ, size, IN_WINDOW))));
            }
        }
        all.add(new AgentBenchmark(
                "set",
                "time of one Set of a persistent parameter over WS / an echo that is forced to disk first",
                () -> compared(Transport.WS, true, 3.0, true, "µs", AgentBenchmark::writes)));
        all.add(new AgentBenchmark(
                "notify",
                "time from a Set to the ValueChange of it over WS, each one told / an echo that is forced to disk first",
                AgentBenchmark::notifyDelay));
        all.add(whole("info", "Get of all beneath Device.DeviceInfo., its processes too,", READ_INFO, 40));
        all.add(whole("model", "Get of all of Device.", READ_ALL, 100));
        all.add(whole("schema", "GetSupportedDM of all of Device.", SCHEMA, 100));
        all.add(new AgentBenchmark(
                "memory-onboarded",
                "resident MiB once a controller has read all of it, over WS / " + SMALL_MIB,
                () -> memory(0)));
        all.add(new AgentBenchmark(
                "memory", "resident MiB after 100,000 Gets over WS / " + SMALL_MIB, () -> memory(MANY)));
        all.add(new AgentBenchmark(
                "start",
                "time from start to first Record over WS / the same of an echo in a JVM",
                AgentBenchmark::start));
        peer.ifPresent(other -> all.addAll(beside(other)));
        return all;
    }

    private static AgentBenchmark whole(String name, String request, Body body, double target) {
        return new AgentBenchmark(
                name,
                "time of one " + request + " over WS / an echo of the request",
                () -> compared(Transport.WS, false, target, true, "µs", (end, _) -> {
                    long start = System.nanoTime();
                    for (int i = 0; i < WHOLE; i++) {
                        end.ask(body);
                    }
                    return (System.nanoTime() - start) / 1e3 / WHOLE;
                }));
    }

    /// The same as above where the other side is an agent too, both over the same transport.
    private static List<Benchmark> beside(String other) {
        List<Benchmark> all = new ArrayList<>();
        all.add(new AgentBenchmark(
                "beside-get",
                "time of one Get of what Device.DeviceInfo. itself has / the same over the same transport of the agent at "
                        + other,
                () -> beside(other, 1.0, true, "µs", AgentBenchmark::latency, AgentBenchmark::latency)));
        for (int size : WINDOWS) {
            all.add(new AgentBenchmark(
                    "beside-window-" + size,
                    "the same Gets a second, " + size + " in flight / the same over the same transport of the agent at "
                            + other + ", which may lose some",
                    () -> beside(
                            other, 2.0, false, "requests/s", (end, _) -> end.run(READ, size, IN_WINDOW), (end, _) -> {
                                ControllerEnd.Taken taken = end.tryRun(READ, size, IN_WINDOW);
                                if (taken.lost() > 0) {
                                    System.err.println("  lost by the other: " + taken.lost() + " of " + IN_WINDOW);
                                }
                                return taken.perSecond();
                            })));
        }
        all.add(new AgentBenchmark(
                "beside-set",
                "time of one Set of a persistent parameter / the same over the same transport of the agent at " + other,
                () -> beside(other, 1.0, true, "µs", AgentBenchmark::writes, AgentBenchmark::writes)));
        return all;
    }

    /// What one side is put through, for a figure.
    @FunctionalInterface
    private interface Load {
        double run(ControllerEnd end, AtomicInteger step) throws Exception;
    }

    private static Outcome compared(
            Transport transport, boolean durable, double target, boolean lowerIsBetter, String unit, Load load)
            throws Exception {
        AtomicInteger step = new AtomicInteger();
        try (Subject agent = Subject.agent(transport);
                Subject echo = Subject.echo(transport, durable)) {
            return new Rounds(4, 9, MOST)
                    .compare(
                            () -> load.run(agent.controller(), step),
                            () -> load.run(echo.controller(), step),
                            target,
                            lowerIsBetter,
                            unit);
        }
    }

    private static Outcome beside(
            String other, double target, boolean lowerIsBetter, String unit, Load load, Load theirs) throws Exception {
        AtomicInteger step = new AtomicInteger();
        try (Subject agent = Subject.agent(other.startsWith("unix:") ? Transport.UDS : Transport.WS);
                Subject peer = Subject.running(other)) {
            return new Rounds(4, 9, MOST)
                    .compare(
                            () -> load.run(agent.controller(), step),
                            () -> theirs.run(peer.controller(), step),
                            target,
                            lowerIsBetter,
                            unit);
        }
    }

    private static double writes(ControllerEnd end, AtomicInteger step) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < WRITES; i++) {
            end.ask(write(step.incrementAndGet()));
        }
        return (System.nanoTime() - start) / 1e3 / WRITES;
    }

    private static double latency(ControllerEnd end, AtomicInteger step) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < READS; i++) {
            end.ask(READ);
        }
        return (System.nanoTime() - start) / 1e3 / READS;
    }

    private static Body write(int value) {
        return new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(
                        "Device.LocalAgent.Controller.1.",
                        List.of(setting("PeriodicNotifInterval", Integer.toString(86_400 + value))))));
    }

    private static ParameterSetting setting(String parameter, String value) {
        return new ParameterSetting(parameter, value, true);
    }

    private static Outcome notifyDelay() throws Exception {
        AtomicInteger step = new AtomicInteger();
        try (Subject agent = Subject.agent(Transport.WS);
                Subject echo = Subject.echo(Transport.WS, true)) {
            agent.controller()
                    .ask(new AddRequest(
                            false,
                            List.of(new CreateObject(
                                    "Device.LocalAgent.Subscription.",
                                    List.of(
                                            setting("ID", "bench"),
                                            setting("NotifType", "ValueChange"),
                                            setting(
                                                    "ReferenceList",
                                                    "Device.LocalAgent.Controller.1.PeriodicNotifInterval"),
                                            setting("Enable", "true"))))));
            return new Rounds(4, 9, MOST)
                    .compare(
                            () -> {
                                long start = System.nanoTime();
                                for (int i = 0; i < WRITES; i++) {
                                    agent.controller().ask(write(step.incrementAndGet()));
                                    agent.controller().awaitNotification();
                                }
                                return (System.nanoTime() - start) / 1e3 / WRITES;
                            },
                            () -> {
                                long start = System.nanoTime();
                                for (int i = 0; i < WRITES; i++) {
                                    echo.controller().ask(READ);
                                }
                                return (System.nanoTime() - start) / 1e3 / WRITES;
                            },
                            4.0,
                            true,
                            "µs");
        }
    }

    private static Outcome memory(int requests) throws Exception {
        try (Subject agent = Subject.agent(Transport.WS)) {
            agent.controller().ask(READ_ALL);
            agent.controller().ask(SCHEMA);
            agent.controller().run(READ, 128, requests);
            double resident = agent.residentMib();
            return new Outcome(resident / SMALL_MIB, 1.0, true, resident, SMALL_MIB, "MiB", 1);
        }
    }

    private static Outcome start() throws Exception {
        return new Rounds(1, 7, MOST)
                .compare(
                        () -> {
                            try (Subject agent = Subject.agent(Transport.WS)) {
                                return agent.firstRecordMillis();
                            }
                        },
                        () -> {
                            try (Subject echo = Subject.echo(Transport.WS, false)) {
                                return echo.firstRecordMillis();
                            }
                        },
                        1.0,
                        true,
                        "ms");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String definition() {
        return definition;
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public Outcome run() throws Exception {
        return measurement.run();
    }
}
