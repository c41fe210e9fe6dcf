// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Resident memory that an onboarded agent costs the server, against a budget.
public final class FleetMemory implements Benchmark {
    /// How many there are in the end, unless told otherwise: what the usual 20,000 open files of a process
    /// allow.
    public static final int AGENTS = 19_000;

    /// How many there are at the first look, after which the server has all that it needs for any.
    public static final int FEW = 1_000;

    private static final double BUDGET_KIB = 40;
    private static final double TARGET = 1.0;
    private static final int STARTED_PER_SECOND = 150;
    private static final int GETS_AT_ONCE = 16;
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Pattern ONLINE = Pattern.compile("\"status\":\"online\"");
    private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");

    private final int agents;

    /// @param agents more than [#FEW]
    public FleetMemory(int agents) {
        if (agents <= FEW) {
            throw new IllegalArgumentException("agents must be more than " + FEW + ": " + agents);
        }
        this.agents = agents;
    }

    @Override
    public String name() {
        return "fleet-memory";
    }

    @Override
    public String definition() {
        return "the server's resident memory for each simulated agent over WebSocket, slope from " + FEW + " to "
                + agents + ", each onboarded and answering a Get, / a budget of 40 KiB";
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public Outcome run() throws Exception {
        // a collection gives back what is free at once, so that both looks see what is used
        List<String> lean = List.of(
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx3g",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=10",
                "-XX:-ShrinkHeapInSteps");
        try (ServerProcess server = ServerProcess.start(lean);
                RestConnection rest = server.rest()) {
            Process first = fleet(server, "A", FEW);
            try {
                long few = settle(server, rest, FEW, first);
                Process second = fleet(server, "B", agents - FEW);
                try {
                    long many = settle(server, rest, agents, second);
                    double each = (many - few) / (double) (agents - FEW);
                    return new Outcome(each / BUDGET_KIB, TARGET, true, each, BUDGET_KIB, "KiB/agent", 1);
                } finally {
                    ServerProcess.stop(second);
                }
            } finally {
                ServerProcess.stop(first);
            }
        }
    }

    private static Process fleet(ServerProcess server, String prefix, int count) throws IOException {
        Process fleet = ServerProcess.java(
                List.of("-XX:+UseSerialGC", "-Xmx6g"),
                "dev.pharos.cli.Pharos",
                List.of(
                        "fleet",
                        "--agents",
                        Integer.toString(count),
                        "--controller",
                        server.address("ws"),
                        "--rate",
                        Integer.toString(STARTED_PER_SECOND),
                        "--prefix",
                        prefix));
        Thread.ofVirtual().start(() -> show(fleet));
        return fleet;
    }

    private static void show(Process fleet) {
        try (BufferedReader lines = fleet.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.err.println("fleet: " + line);
            }
        } catch (IOException stopped) {
            // nobody is left to show
        }
    }

    /// Waits until so many are onboarded, has each answer a Get, and looks at the memory.
    private static long settle(ServerProcess server, RestConnection rest, int count, Process newest) throws Exception {
        long begin = System.nanoTime();
        List<String> ids = online(rest);
        while (ids.size() < count) {
            if (!newest.isAlive()) {
                throw new IllegalStateException("the fleet ended with " + newest.exitValue());
            }
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("only " + ids.size() + " of " + count + " agents are onboarded");
            }
            Thread.sleep(2_000);
            ids = online(rest);
        }
        System.err.println(count + " agents onboarded after " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
        getFromEach(rest, ids);
        long resident = server.residentKib();
        System.err.println(count + " agents: " + resident + " KiB");
        return resident;
    }

    private static List<String> online(RestConnection rest) throws IOException {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            String page = rest.get("/devices?sort=id&limit=" + PAGE + cursor);
            for (String device : page.split("(?=\\{\"id\":)")) {
                if (ONLINE.matcher(device).find()) {
                    ids.add(device.substring("{\"id\":\"".length(), device.indexOf('"', "{\"id\":\"".length())));
                }
            }
            Matcher next = CURSOR.matcher(page);
            cursor = next.find() ? "&cursor=" + next.group(1) : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    private static void getFromEach(RestConnection rest, List<String> ids) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(GETS_AT_ONCE)) {
            List<Callable<Boolean>> gets = new ArrayList<>();
            for (String id : ids) {
                gets.add(() -> rest.post(
                                RestConnection.device(id) + "/usp/get",
                                "{\"paths\":[\"Device.DeviceInfo.SerialNumber\"],\"maxDepth\":0}")
                        .contains(id.substring(id.lastIndexOf('-') + 1)));
            }
            for (Future<Boolean> get : threads.invokeAll(gets)) {
                if (!get.get()) {
                    throw new IllegalStateException("a Get did not answer with the agent's own serial number");
                }
            }
        }
    }
}
