// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The operator's server and fleets of simulated agents at it over WebSocket, each a process of its own.
final class FleetBed implements AutoCloseable {
    /// A collection gives back what is free at once, so that each look sees what is used.
    private static final List<String> LEAN = List.of(
            "-XX:+UseSerialGC",
            "-Xms64m",
            "-Xmx3g",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10",
            "-XX:-ShrinkHeapInSteps");
    private static final int STARTED_PER_SECOND = 150;
    private static final int GETS_AT_ONCE = 16;
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Pattern ONLINE = Pattern.compile("\"status\":\"online\"");
    private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");
    private static final Pattern JOB = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern BACK = Pattern.compile("(\\d+) back after ([0-9.]+) s.*");

    private final ServerProcess server;
    private final RestConnection rest;
    private final List<Process> fleets = new ArrayList<>();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private FleetBed(ServerProcess server, RestConnection rest) {
        this.server = server;
        this.rest = rest;
    }

    static FleetBed start() throws IOException, InterruptedException {
        ServerProcess server = ServerProcess.start(LEAN);
        try {
            return new FleetBed(server, server.rest());
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
    }

    /// Starts so many more agents.
    void fleet(String prefix, int count) throws IOException {
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
                        prefix,
                        "--outages"));
        fleets.add(fleet);
        Thread.ofVirtual().start(() -> listen(fleet));
    }

    private void listen(Process fleet) {
        try (BufferedReader lines = fleet.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.err.println("fleet: " + line);
                said.add(line);
            }
        } catch (IOException stopped) {
            // nobody is left to listen to
        }
    }

    /// Ends all connections of all fleets at once, and waits until every agent is back.
    ///
    /// @return the seconds that it took
    double storm() throws IOException, InterruptedException {
        said.clear();
        for (Process fleet : fleets) {
            OutputStream in = fleet.getOutputStream();
            in.write(System.lineSeparator().getBytes(StandardCharsets.UTF_8));
            in.flush();
        }
        double longest = 0;
        for (int back = 0; back < fleets.size(); ) {
            String line = said.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("not all agents came back within " + PATIENCE);
            }
            Matcher found = BACK.matcher(line);
            if (found.matches()) {
                back++;
                longest = Math.max(longest, Double.parseDouble(found.group(2)));
            }
        }
        return longest;
    }

    /// Waits until so many are onboarded, has each answer a Get, and looks at the server's memory.
    ///
    /// @return KiB
    long settle(int count) throws Exception {
        long begin = System.nanoTime();
        List<String> ids = online();
        while (ids.size() < count) {
            for (Process fleet : fleets) {
                if (!fleet.isAlive()) {
                    throw new IllegalStateException("a fleet ended with " + fleet.exitValue());
                }
            }
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("only " + ids.size() + " of " + count + " agents are onboarded");
            }
            Thread.sleep(2_000);
            ids = online();
        }
        System.err.println(count + " agents onboarded after " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
        getFromEach(ids);
        long resident = server.residentKib();
        System.err.println(count + " agents: " + resident + " KiB");
        return resident;
    }

    /// Has a job read one parameter of each agent, as many at once as a job may.
    ///
    /// @param count how many there are, all onboarded
    /// @return the seconds from the order until the job's end
    double job(int count) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String made = rest.post(
                "/jobs",
                "{\"query\":\"\",\"concurrency\":500,\"steps\":[{\"get\":{\"paths\":[\"Device.DeviceInfo.SerialNumber\"],"
                        + "\"maxDepth\":0}}]}");
        Matcher number = JOB.matcher(made);
        if (!number.find()) {
            throw new IllegalStateException("no job was made: " + made);
        }
        String job = rest.get("/jobs/" + number.group(1));
        while (!job.contains("\"state\":\"done\"")) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("the job did not end within " + PATIENCE + ": " + job);
            }
            Thread.sleep(200);
            job = rest.get("/jobs/" + number.group(1));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!job.contains("\"done\":" + count + ",")) {
            throw new IllegalStateException("not all of " + count + " agents were read: " + job);
        }
        return seconds;
    }

    private List<String> online() throws IOException {
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

    private void getFromEach(List<String> ids) throws Exception {
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

    @Override
    public void close() {
        fleets.forEach(ServerProcess::stop);
        rest.close();
        server.close();
    }
}
