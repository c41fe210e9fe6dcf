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

    /// Devices a second of those that only have to have been here.
    private static final int CALMLY = 20;

    private static final int MANY = 1_500;
    private static final double BUDGET_BYTES = 2_048;
    private static final double TARGET = 1.0;

    /// What is let go falls away in steps; a look that finds less than that share less is the last.
    private static final double CALM = 0.005;

    private static final int LOOKS = 10;

    /// Longer than the server holds a session without a word.
    private static final Duration STILL = Duration.ofSeconds(45);

    /// For the last sessions to end.
    private static final Duration ENDING = Duration.ofSeconds(15);

    private static final Duration TOLD = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final List<String> LISTENERS =
            List.of("--http", "0", "--ws", "off", "--mqtt", "off", "--stomp", "off", "--cwmp", "0");
    private static final Pattern COUNTS = Pattern.compile(
            "\\{.*\"inContactAtEnd\":(\\d+),\"sessions\":(\\d+),\"lost\":(\\d+),\"lastLoss\":(\".*\")\\}");

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

    /// Devices that come.
    ///
    /// @param prefix of their serial numbers
    /// @param rate how many begin in a second
    private record Crowd(String prefix, int count, int rate) {}

    /// What a fleet said at its end.
    ///
    /// @param whole sessions that reached their end
    /// @param lastLoss why the last of those ended that did not
    private record Counts(int inContact, long whole, long lost, String lastLoss) {}

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
                    Counts first = fleet(server, rest, new Crowd("A", AT_ONCE, AT_ONCE), AT_ONCE);
                    long few = calm(server);
                    fleet(server, rest, new Crowd("B", MANY - AT_ONCE, CALMLY), MANY);
                    long many = calm(server);
                    known = new Found(
                            first.whole(), first.whole() + first.lost(), (many - few) / (double) (MANY - AT_ONCE));
                }
                found = known;
            }
            return known;
        }

        /// What the heap comes down to once the devices are gone.
        private static long calm(ServerProcess server) throws IOException, InterruptedException {
            long least = server.heapBytes();
            for (int look = 1; look < LOOKS; look++) {
                long now = server.heapBytes();
                boolean isCalm = now > least * (1 - CALM);
                least = Math.min(least, now);
                if (isCalm) {
                    break;
                }
            }
            System.err.println("  heap in use: " + least + " bytes");
            return least;
        }

        /// Runs a fleet until each of its devices was read whole.
        ///
        /// @param known how many the server knows then
        private static Counts fleet(ServerProcess server, RestConnection rest, Crowd crowd, int known)
                throws IOException, InterruptedException {
            Process fleet = ServerProcess.java(
                    List.of("-XX:+UseSerialGC", "-Xmx6g"),
                    "dev.pharos.cli.Pharos",
                    List.of(
                            "fleet",
                            "--agents",
                            Integer.toString(crowd.count()),
                            "--acs",
                            server.address("cwmp"),
                            "--rate",
                            Integer.toString(crowd.rate()),
                            "--prefix",
                            crowd.prefix(),
                            "--json"));
            long begin = System.nanoTime();
            try (BufferedReader lines = fleet.inputReader(StandardCharsets.UTF_8)) {
                awaitRead(rest, fleet, known, begin);
                // what was read is known before the session has ended
                Thread.sleep(ENDING);
                // the process itself would close what is still to be read of it
                fleet.toHandle().destroy();
                return counts(lines, crowd.count());
            } finally {
                ServerProcess.stop(fleet);
            }
        }

        /// Waits until all were read whole, or all are here and no further one was for so long that the rest have lost
        /// their sessions, as is counted: those come again when it is time, which may be much later.
        private static void awaitRead(RestConnection rest, Process fleet, int known, long begin)
                throws IOException, InterruptedException {
            int before = read(rest);
            int read = before;
            long told = begin;
            long moved = begin;
            // where all come at once all are read at the same time, so that for long none of them is read whole
            while (read < known
                    && !(read > before && System.nanoTime() - moved > STILL.toNanos() && online(rest) == known)) {
                if (!fleet.isAlive()) {
                    throw new IllegalStateException("the fleet ended with " + fleet.exitValue());
                }
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IllegalStateException("not all devices came within " + PATIENCE);
                }
                if (System.nanoTime() - told > TOLD.toNanos()) {
                    told = System.nanoTime();
                    say(read, known, begin);
                }
                Thread.sleep(1_000);
                int now = read(rest);
                moved = now > read ? System.nanoTime() : moved;
                read = now;
            }
            say(read, known, begin);
        }

        private static void say(int read, int known, long begin) {
            System.err.println("  " + read + " of " + known + " devices were read whole after "
                    + (System.nanoTime() - begin) / 1_000_000_000 + " s");
        }

        private static int online(RestConnection rest) throws IOException {
            return rest.count("online = true");
        }

        /// A device is online from its Inform on, and onboarded at the end of the session in which it was read whole.
        private static int read(RestConnection rest) throws IOException {
            return rest.count("online = true and onboarded = true");
        }

        private static Counts counts(BufferedReader lines, int devices) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher counts = COUNTS.matcher(line);
                if (counts.matches()) {
                    Counts said = new Counts(
                            Integer.parseInt(counts.group(1)),
                            Long.parseLong(counts.group(2)),
                            Long.parseLong(counts.group(3)),
                            counts.group(4));
                    System.err.println("  the fleet: " + said);
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
