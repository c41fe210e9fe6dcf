// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Devices of TR-069 that meet the server at the same moment: whether each session reaches its end, and what a device
/// costs the server's heap that was here and has left. Two figures of one fleet.
public final class CwmpFleet implements Benchmark {
    /// Names both figures.
    public static final String GROUP = "cwmp-fleet";

    private static final int AT_ONCE = 500;
    private static final int MANY = 3_000;
    private static final double BUDGET_BYTES = 2_048;
    private static final double TARGET = 1.0;

    /// After that without a word a session is none any more, whatever the device asks for.
    private static final Duration CALM = Duration.ofSeconds(45);

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final List<String> LISTENERS =
            List.of("--http", "0", "--ws", "off", "--mqtt", "off", "--stomp", "off", "--cwmp", "0");
    private static final Pattern COUNTS = Pattern.compile(
            ".*\"inContactAtEnd\"\\s*:\\s*(\\d+),\"sessions\"\\s*:\\s*(\\d+),\"lost\"\\s*:\\s*(\\d+).*");
    private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");

    private final boolean memory;
    private final Visit visit;

    private CwmpFleet(boolean memory, Visit visit) {
        this.memory = memory;
        this.visit = visit;
    }

    public static List<Benchmark> both() {
        Visit visit = new Visit();
        return List.of(new CwmpFleet(false, visit), new CwmpFleet(true, visit));
    }

    @Override
    public String name() {
        return GROUP + (memory ? "-memory" : "-sessions");
    }

    @Override
    public String definition() {
        return memory
                ? "the server's heap for each device of TR-069 that was read and has left, slope from " + AT_ONCE
                        + " to " + MANY + " / a budget of 2 KiB"
                : "first sessions of " + AT_ONCE
                        + " devices of TR-069 that come within a second and are read whole: those"
                        + " that reached their end / all";
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public Outcome run() throws Exception {
        Visit.Found found = visit.found();
        return memory
                ? new Outcome(
                        found.bytesEach() / BUDGET_BYTES, TARGET, true, found.bytesEach(), BUDGET_BYTES, "B/device", 1)
                : new Outcome(
                        found.whole() / (double) found.all(), TARGET, false, found.whole(), found.all(), "sessions", 1);
    }

    /// What a fleet said at its end.
    private record Counts(int inContact, long whole, long lost) {}

    /// The fleets themselves, which take long and so come once.
    private static final class Visit {
        private @Nullable Found found;

        private record Found(long whole, long all, double bytesEach) {}

        private Found found() throws Exception {
            Found known = found;
            if (known == null) {
                try (Scratch scratch = Scratch.open();
                        ServerProcess server = ServerProcess.listening(LISTENERS, scratch.path());
                        RestConnection rest = server.rest()) {
                    Counts first = fleet(server, rest, "A", AT_ONCE, AT_ONCE);
                    long few = calm(server);
                    fleet(server, rest, "B", MANY - AT_ONCE, MANY);
                    long many = calm(server);
                    known = new Found(
                            first.whole(), first.whole() + first.lost(), (many - few) / (double) (MANY - AT_ONCE));
                }
                found = known;
            }
            return known;
        }

        private static long calm(ServerProcess server) throws IOException, InterruptedException {
            Thread.sleep(CALM);
            long bytes = server.heapBytes();
            System.err.println("heap in use: " + bytes + " bytes");
            return bytes;
        }

        /// Runs a fleet until each of its devices is known and here.
        ///
        /// @param known how many the server knows then
        private static Counts fleet(ServerProcess server, RestConnection rest, String prefix, int count, int known)
                throws IOException, InterruptedException {
            Process fleet = ServerProcess.java(
                    List.of("-XX:+UseSerialGC", "-Xmx6g"),
                    "dev.pharos.cli.Pharos",
                    List.of(
                            "fleet",
                            "--agents",
                            Integer.toString(count),
                            "--acs",
                            server.address("cwmp"),
                            "--rate",
                            Integer.toString(count),
                            "--prefix",
                            prefix,
                            "--json"));
            long begin = System.nanoTime();
            try (BufferedReader lines = fleet.inputReader(StandardCharsets.UTF_8)) {
                while (online(rest) < known) {
                    if (!fleet.isAlive()) {
                        throw new IllegalStateException("the fleet ended with " + fleet.exitValue());
                    }
                    if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                        throw new IllegalStateException("not all devices came within " + PATIENCE);
                    }
                    Thread.sleep(1_000);
                }
                // a device is online from its Inform on; its session goes on until it was read whole
                Thread.sleep(CALM);
                System.err.println(
                        known + " devices known after " + (System.nanoTime() - begin) / 1_000_000_000 + " s");
                // the process itself would close what is still to be read of it
                fleet.toHandle().destroy();
                return counts(lines, count);
            } finally {
                ServerProcess.stop(fleet);
            }
        }

        private static int online(RestConnection rest) throws IOException {
            Matcher total = TOTAL.matcher(rest.get("/devices?q=online:true&limit=1"));
            return total.find() ? Integer.parseInt(total.group(1)) : 0;
        }

        private static Counts counts(BufferedReader lines, int devices) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher counts = COUNTS.matcher(line);
                if (counts.matches()) {
                    Counts said = new Counts(
                            Integer.parseInt(counts.group(1)),
                            Long.parseLong(counts.group(2)),
                            Long.parseLong(counts.group(3)));
                    System.err.println(said);
                    if (said.inContact() != devices) {
                        throw new IllegalStateException(
                                said.inContact() + " of " + devices + " devices are in contact");
                    }
                    return said;
                }
            }
            throw new IOException("the fleet said no counts");
        }
    }
}
