// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/// How long one Get takes through the server's REST API, against the same Get by a library call.
public final class RestGet implements Benchmark {
    private static final String OBJECT = "Device.WiFi.SSID.1.";
    private static final String PARAMETER = "SSID";
    private static final int CALLS = 500;

    /// What runs once for each request is not compiled at its best before some ten thousand of them.
    private static final int WARM_UPS = 24;

    private static final int ROUNDS = 11;
    private static final double TARGET = 3.0;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ONBOARDING = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "rest-get";
    }

    @Override
    public String definition() {
        return "median time of one Get through REST, server process, keep-alive, one in flight"
                + " / the same Get by UspController in one process; an agent over WebSocket each";
    }

    @Override
    public Outcome run() throws Exception {
        SimulatedAgent device = SimulatedAgent.of("BENCH000001", 1);
        WebSocketServerMtp listener =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, ControllerSettings.DEFAULT_ID));
        try (SharedTimer timer = new SharedTimer();
                ServerProcess server = ServerProcess.start(List.of());
                RestConnection rest = server.rest();
                UspController library = new UspController(ControllerSettings.of(InMemoryStores.create()))) {
            library.attach(listener);
            library.start();
            try (RunningGateway ofServer = agent(device, server.address("ws"), timer);
                    RunningGateway ofLibrary = agent(device, "ws://127.0.0.1:" + listener.port() + "/usp", timer)) {
                ofServer.start();
                ofLibrary.start();
                await("the server", () -> isOnline(rest, device.id()));
                await("the library", () -> isOnline(library, device.id()));
                String value = byLibrary(library, device.id());
                return new Rounds(WARM_UPS, ROUNDS)
                        .compare(
                                () -> median(() -> check(byRest(rest, device.id()), value)),
                                () -> median(() -> check(byLibrary(library, device.id()), value)),
                                TARGET,
                                true,
                                "us/Get");
            }
        }
    }

    private static RunningGateway agent(SimulatedAgent device, String address, SharedTimer timer) {
        return device.at(
                ControllerAddress.parse(address, Access.NONE),
                ControllerSettings.DEFAULT_ID,
                ControllerRole.FULL,
                UnaryOperator.identity(),
                AgentRuntime.with(timer));
    }

    private static String byRest(RestConnection rest, EndpointId id) throws IOException {
        String answer = rest.post(
                RestConnection.device(id.toString()) + "/usp/get",
                "{\"paths\":[\"" + OBJECT + PARAMETER + "\"],\"maxDepth\":0}");
        String begin = "\"resultParams\":{\"" + PARAMETER + "\":\"";
        int at = answer.indexOf(begin);
        return at < 0 ? answer : answer.substring(at + begin.length(), answer.indexOf('"', at + begin.length()));
    }

    private static String byLibrary(UspController library, EndpointId id) throws Exception {
        GetResponse response = library.call(id, new GetRequest(List.of(OBJECT + PARAMETER), 0), PATIENCE);
        return response.requestedPathResults().getFirst().resolvedPathResults().stream()
                .map(resolved -> resolved.resultParams().getOrDefault(PARAMETER, ""))
                .findFirst()
                .orElse("");
    }

    private static boolean check(String found, String expected) {
        if (expected.isEmpty() || !found.equals(expected)) {
            throw new IllegalStateException("the Get answered '" + found + "' instead of '" + expected + "'");
        }
        return true;
    }

    private static double median(Callable<Boolean> call) throws Exception {
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long begin = System.nanoTime();
            call.call();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[CALLS / 2] / 1e3;
    }

    private static boolean isOnline(RestConnection rest, EndpointId id) throws IOException {
        String path = RestConnection.device(id.toString());
        return rest.knows(path) && rest.get(path).contains("\"status\":\"online\"");
    }

    private static boolean isOnline(UspController library, EndpointId id) {
        return library.device(id)
                .filter(device -> device.status() == DeviceStatus.ONLINE)
                .isPresent();
    }

    private static void await(String who, Callable<Boolean> wanted) throws Exception {
        long end = System.nanoTime() + ONBOARDING.toNanos();
        while (!wanted.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(who + " did not onboard its agent within " + ONBOARDING);
            }
            Thread.sleep(50);
        }
    }
}
