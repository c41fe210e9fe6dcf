// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import dev.pharos.device.modules.unit.Bounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of a unit: its processes and what bounds them. Thread-safe.
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Process leader;
    private final Cage cage;
    private final UnitLog log;
    private final Path note;
    private final Optional<Container> container;
    private final long begun = System.nanoTime();
    private long computedThen;
    private long then = begun;
    private int percent;

    private Run(Process leader, Cage cage, UnitLog log, Work work) {
        this.leader = leader;
        this.cage = cage;
        this.log = log;
        this.note = note(work.log());
        this.container = work.container();
    }

    /// @throws IOException where no process came of it
    static Run begin(Work work, Cages cages, Launcher launcher) throws IOException, InterruptedException {
        if (work.container().isPresent()) {
            work.container().get().forget();
        }
        Cage cage = cages.make(work.id(), work.bounds());
        try {
            Process leader = launcher.start(work, cage);
            if (cage instanceof SessionCage session) {
                session.begun(leader.pid());
            }
            UnitLog log = new UnitLog(work.log());
            log.follow(leader.getInputStream());
            Run run = new Run(leader, cage, log, work);
            run.remember();
            return run;
        } catch (IOException failed) {
            cage.remove();
            throw failed;
        }
    }

    static Path note(Path log) {
        return log.resolveSibling(log.getFileName() + ".pid");
    }

    /// Where this process dies, the next one has to find what it left.
    private void remember() throws IOException {
        Optional<Sessions.Seen> seen = Sessions.process(leader.pid());
        Files.writeString(
                note,
                bootId() + " " + leader.pid() + " "
                        + seen.map(Sessions.Seen::started).orElse(0L) + "\n");
    }

    private static String bootId() throws IOException {
        return Files.readString(BOOT_ID).strip();
    }

    /// Ends what an earlier process of this agent has left of a unit.
    static void endOrphans(Path log) throws IOException, InterruptedException {
        Path note = note(log);
        if (Files.notExists(note)) {
            return;
        }
        String[] words = Files.readString(note, StandardCharsets.UTF_8).strip().split(" ");
        if (words.length == 3 && words[0].equals(bootId()) && words[1].matches("[0-9]{1,18}")) {
            SessionCage left = new SessionCage(new Bounds(-1, -1, 1, -1));
            long session = Long.parseLong(words[1]);
            // the number of a session is given to nobody else as long as one of its processes lives
            Optional<Sessions.Seen> leader = Sessions.process(session);
            if (leader.isEmpty() || words[2].equals(Long.toString(leader.get().started()))) {
                left.begun(session);
            }
            if (!left.kill()) {
                LOG.warn("what an earlier agent left of a unit cannot be ended: {}", left.processes());
            }
        }
        Files.deleteIfExists(note);
    }

    Process leader() {
        return leader;
    }

    boolean isOver() {
        return !leader.isAlive();
    }

    boolean hasSettled() {
        return System.nanoTime() - begun >= Limits.SETTLE.toNanos();
    }

    String broken() {
        return cage.broken();
    }

    /// What the unit said last, in brackets; empty where it said nothing.
    String lastWords() {
        String line = log.lastLine();
        return line.isEmpty() ? "" : " (" + line + ")";
    }

    /// Asks all processes to end, and kills those that are left after a while.
    void stop(Duration patience) throws InterruptedException {
        if (container.isEmpty() || !container.get().ask()) {
            cage.ask();
        }
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end && !cage.processes().isEmpty()) {
            Thread.sleep(Limits.LOOK);
        }
    }

    /// Nothing is left of it afterwards.
    ///
    /// @return false where something is left all the same
    boolean end() throws InterruptedException {
        boolean gone = cage.kill();
        leader.destroyForcibly();
        gone &= leader.waitFor(Limits.KILLED.toMillis(), TimeUnit.MILLISECONDS);
        log.finish();
        if (gone && container.isPresent()) {
            container.get().forget();
        }
        try {
            if (gone) {
                cage.remove();
                Files.deleteIfExists(note);
            }
        } catch (IOException stays) {
            LOG.warn("a cgroup stays: {}", stays.getMessage());
        }
        return gone;
    }

    /// KiB of memory; -1 where that is not known.
    long memory() {
        return cage.memory().stream().map(bytes -> bytes >> 10).findFirst().orElse(-1);
    }

    /// Percent of all processors since it was asked last; -1 where that is not known.
    synchronized int processor() {
        long now = System.nanoTime();
        if (now - then < Limits.TICK.toNanos() / 2) {
            return percent;
        }
        if (cage.computed().isEmpty()) {
            return -1;
        }
        long computed = cage.computed().getAsLong();
        long possible = (now - then) * Runtime.getRuntime().availableProcessors();
        percent = Math.clamp(100 * (computed - computedThen) / Math.max(1, possible), 0, 100);
        computedThen = computed;
        then = now;
        return percent;
    }
}
