// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.server.Tally.Passed;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A simulated gateway in a process of its own behind a [Tap], managed by one way, and what each job costs there.
final class TrafficDevice implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(2_500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SSID = "Device.WiFi.SSID.1.";

    /// Seconds; what a session or notification has others do is over well before the next.
    private static final String PERIOD = "6";

    private static final Pattern JOB = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern PATH = Pattern.compile("\"path\":\"(Device\\.WiFi\\.[^\"]+)\"");

    private final TrafficWay way;
    private final RestConnection rest;
    private final List<String> command;
    private final String id;
    private final Path errors;
    private final Tap tap;
    private Process process;
    private int changes;

    private TrafficDevice(TrafficBed bed, TrafficWay way, List<String> command, String id, Tap tap) throws IOException {
        this.way = way;
        this.rest = bed.rest();
        this.errors = bed.folder().resolve(way.listener() + ".log");
        this.command = command;
        this.id = id;
        this.tap = tap;
        this.process = begin();
    }

    /// @param serial which it is
    static TrafficDevice start(TrafficBed bed, TrafficWay way, String serial) throws IOException {
        Tap tap = way.tap(bed);
        try {
            EndpointId id = EndpointId.of("os::0200F0-" + serial);
            List<String> command = new ArrayList<>(List.of(
                    "agent",
                    "--device",
                    "simulated",
                    "--endpoint-id",
                    id.toString(),
                    "--data",
                    bed.folder().resolve(serial).toString()));
            command.addAll(way.arguments(bed, tap.place(), id));
            return new TrafficDevice(bed, way, command, id.toString(), tap);
        } catch (IOException failed) {
            tap.close();
            throw failed;
        }
    }

    private Process begin() throws IOException {
        return ServerProcess.java(
                List.of("-XX:+UseSerialGC", "-Xmx256m"),
                "dev.pharos.cli.Pharos",
                command,
                ProcessBuilder.Redirect.appendTo(errors.toFile()));
    }

    /// Once it has been onboarded, and all that comes of that has passed.
    void isKnown() throws IOException, InterruptedException {
        awaitOnboarded();
        tap.tally().awaitQuiet(QUIET);
    }

    /// What passed from its start until it is known.
    Passed firstContact() throws IOException, InterruptedException {
        isKnown();
        return tap.tally().take();
    }

    /// The jobs of one that is known, one after the other; of each the median by bytes.
    Map<TrafficJob, Passed> jobs() throws IOException, InterruptedException {
        Map<TrafficJob, Passed> found = new EnumMap<>(TrafficJob.class);
        if (way.isCwmp()) {
            oftenInforms();
        }
        found.put(TrafficJob.SET, median(this::set));
        found.put(TrafficJob.READ, median(this::read));
        if (!way.isCwmp()) {
            set("Device.LocalAgent.Controller.1.", "PeriodicNotifInterval", PERIOD);
            tap.tally().awaitQuiet(QUIET);
            tap.tally().take();
        }
        found.put(TrafficJob.PERIODIC, median(this::periodic));
        return found;
    }

    private void awaitOnboarded() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (rest.count("id = \"" + id + "\" and online = true and onboarded = true") == 0) {
            if (!process.isAlive()) {
                throw new IOException("the device ended: " + Files.readString(errors));
            }
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("the device was not onboarded over " + way.listener() + " within " + PATIENCE
                        + ": " + Files.readString(errors));
            }
            Thread.sleep(100);
        }
    }

    /// A change waits for the next session, and a device that starts opens one at once.
    private void oftenInforms() throws IOException, InterruptedException {
        set("Device.ManagementServer.", "PeriodicInformInterval", PERIOD);
        ServerProcess.stop(process);
        process = begin();
        tap.tally().awaitSomething();
        tap.tally().awaitQuiet(QUIET);
        tap.tally().take();
    }

    private void set(String object, String parameter, String value) throws IOException {
        rest.post(
                RestConnection.device(id) + "/usp/set",
                "{\"updateObjects\":[" + change(object, parameter, value) + "]}");
    }

    private static String change(String object, String parameter, String value) {
        return "{\"objPath\":\"" + object + "\",\"paramSettings\":[{\"param\":\"" + parameter + "\",\"value\":\""
                + value + "\",\"required\":true}]}";
    }

    /// What is done once.
    private interface Step {
        Passed pass() throws IOException, InterruptedException;
    }

    private static Passed median(Step step) throws IOException, InterruptedException {
        List<Passed> rounds = new ArrayList<>();
        for (int round = 0; round < TrafficJob.ROUNDS; round++) {
            rounds.add(step.pass());
        }
        rounds.sort(Comparator.comparingLong(Passed::bytes));
        return rounds.get(TrafficJob.ROUNDS / 2);
    }

    private Passed set() throws IOException, InterruptedException {
        changes++;
        return job("{\"set\":{\"updateObjects\":[" + change(SSID, "SSID", "Home-" + changes) + "]}}");
    }

    private Passed read() throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        Matcher found = PATH.matcher(rest.get(RestConnection.device(id) + "/twin?path=Device.WiFi."));
        while (paths.size() < TrafficJob.PARAMETERS && found.find()) {
            paths.add("\"" + found.group(1) + "\"");
        }
        if (paths.size() < TrafficJob.PARAMETERS) {
            throw new IOException("the device has only " + paths.size() + " parameters of Wi-Fi");
        }
        return job("{\"get\":{\"paths\":[" + String.join(",", paths) + "]}}");
    }

    /// A job of one step, to its end.
    private Passed job(String step) throws IOException, InterruptedException {
        tap.tally().awaitQuiet(QUIET);
        tap.tally().take();
        Matcher number = JOB.matcher(rest.post("/jobs", "{\"devices\":[\"" + id + "\"],\"steps\":[" + step + "]}"));
        if (!number.find()) {
            throw new IOException("no job was made");
        }
        long begin = System.nanoTime();
        String job = rest.get("/jobs/" + number.group(1));
        while (!job.contains("\"state\":\"done\"")) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("the job did not end within " + PATIENCE + ": " + job);
            }
            Thread.sleep(50);
            job = rest.get("/jobs/" + number.group(1));
        }
        if (!job.contains("\"done\":1,")) {
            throw new IOException("it was not done: " + job);
        }
        tap.tally().awaitQuiet(QUIET);
        return tap.tally().take();
    }

    private Passed periodic() throws IOException, InterruptedException {
        tap.tally().awaitQuiet(QUIET);
        tap.tally().take();
        tap.tally().awaitSomething();
        tap.tally().awaitQuiet(QUIET);
        return tap.tally().take();
    }

    @Override
    public void close() {
        ServerProcess.stop(process);
        tap.close();
    }
}
