// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.agent;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// How fast the agent of a gateway with OpenWrt is, against the times that it is held to: over WebSocket, with daemons
/// that answer at once, so that the time is the agent's own, its commit to disk and the bus. Figures of `bench
/// gateway`.
public final class GatewayBenchmark implements Benchmark {
    /// Names them together.
    public static final String GROUP = "gateway";

    private static final String SSID = "Device.WiFi.SSID.1.";
    private static final String STATIONS = "Device.WiFi.AccessPoint.1.AssociatedDeviceNumberOfEntries";
    private static final int WARM_UP = 100;
    private static final int TIMES = 200;

    private final String name;
    private final String definition;
    private final double limitMillis;
    private final Step step;

    /// One that is timed, with an agent and the gateway around it.
    private interface Step {
        /// @param number of the step, from 0 on
        /// @return nanoseconds
        long run(ControllerEnd controller, GatewaySystem system, int number) throws Exception;
    }

    private GatewayBenchmark(String name, String definition, double limitMillis, Step step) {
        this.name = GROUP + "-" + name;
        this.definition = definition;
        this.limitMillis = limitMillis;
        this.step = step;
    }

    /// All that `bench gateway` measures.
    public static List<Benchmark> all() {
        return List.of(
                new GatewayBenchmark(
                        "set",
                        "time from a Set of an SSID to its answer, with the commit on disk and the reload accepted / 30 ms",
                        30,
                        GatewayBenchmark::set),
                new GatewayBenchmark(
                        "get",
                        "time of one Get of all of Device.WiFi., with four networks / 50 ms",
                        50,
                        (end, _, _) -> {
                            long start = System.nanoTime();
                            end.ask(new GetRequest(List.of("Device.WiFi."), 0));
                            return System.nanoTime() - start;
                        }),
                new GatewayBenchmark(
                        "event",
                        "time from hostapd's event of a station to the ValueChange of how many there are / 100 ms",
                        100,
                        GatewayBenchmark::event));
    }

    private static long set(ControllerEnd controller, GatewaySystem system, int number) throws Exception {
        String ssid = "measured " + number;
        long start = System.nanoTime();
        controller.ask(new SetRequest(
                false, List.of(new SetRequest.UpdateObject(SSID, List.of(new ParameterSetting("SSID", ssid, true))))));
        long taken = System.nanoTime() - start;
        if (!system.configured().contains("option ssid '" + ssid + "'")) {
            throw new IOException("the answer came before the SSID was in the file");
        }
        return taken;
    }

    private static long event(ControllerEnd controller, GatewaySystem system, int number) throws Exception {
        if (number == 0) {
            system.awaitWatched();
            controller.ask(new AddRequest(
                    false,
                    List.of(new AddRequest.CreateObject(
                            "Device.LocalAgent.Subscription.",
                            List.of(
                                    new ParameterSetting("ID", "bench", true),
                                    new ParameterSetting("NotifType", "ValueChange", true),
                                    new ParameterSetting("ReferenceList", STATIONS, true),
                                    new ParameterSetting("Enable", "true", true))))));
        }
        long start = System.nanoTime();
        system.station(number % 2 == 0);
        controller.awaitNotification();
        return System.nanoTime() - start;
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
        try (GatewaySystem system = GatewaySystem.start();
                Subject agent = Subject.agent(Transport.WS, system.options())) {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < WARM_UP + TIMES; i++) {
                double taken = step.run(agent.controller(), system, i) / 1e6;
                if (i >= WARM_UP) {
                    millis.add(taken);
                }
            }
            Collections.sort(millis);
            SequencedMap<String, Long> also = new LinkedHashMap<>();
            also.put("p95Micros", Math.round(millis.get(TIMES * 95 / 100) * 1e3));
            also.put("mostMicros", Math.round(millis.getLast() * 1e3));
            double median = Rounds.median(millis);
            return new Outcome(median / limitMillis, 1.0, true, median, limitMillis, "ms", TIMES, also);
        }
    }
}
