// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.localagent.KeptProperties;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The asynchronous commands under way, kept in `requests.properties`: the next process goes on with those that
/// outlive a restart and reports the failure of the others. Arguments are kept of the former only, since those
/// of others may be secrets. Thread-safe.
public final class RequestJournal {
    /// The command of which TR-181 says that it outlives restarts.
    private static final String LASTING = "Device.ScheduleTimer()";

    private static final String FILE = "requests.properties";
    private static final String DELAY = "DelaySeconds";

    private final KeptProperties file;
    private final Map<String, Kept> underway = new LinkedHashMap<>(1);

    /// @param directory empty to keep nothing
    public RequestJournal(Optional<Path> directory) {
        this.file = new KeptProperties(directory, FILE);
    }

    /// A command that was started and has not ended.
    ///
    /// @param delay DelaySeconds of a command that outlives restarts; empty text of others
    record Kept(EndpointId originator, String command, String commandKey, Instant started, String delay) {
        static Kept of(EndpointId originator, String command, String key, Instant started, Map<String, String> inputs) {
            String delay = command.equals(LASTING) ? inputs.getOrDefault(DELAY, "") : "";
            return new Kept(originator, command, key, started, delay);
        }

        boolean outlivesRestarts() {
            return command.equals(LASTING);
        }

        /// The arguments with which it goes on now: for what is left of its time, at least for a second.
        Map<String, String> inputs(Instant now) {
            long end = started.getEpochSecond() + Long.parseLong(delay);
            // a clock that was set back must not make it longer than it was
            return Map.of(
                    DELAY,
                    Long.toString(Math.clamp(end - now.getEpochSecond(), 1L, Math.max(1, Long.parseLong(delay)))));
        }
    }

    /// What the last process left; asked once, at the start.
    ///
    /// @throws IOException where the file cannot be read; its text says what to do
    synchronized List<Kept> load() throws IOException {
        Properties words = file.load();
        List<Kept> loaded = new ArrayList<>();
        for (int i = 0; words.containsKey(i + ".command"); i++) {
            try {
                Kept kept = new Kept(
                        EndpointId.of(words.getProperty(i + ".originator", "")),
                        words.getProperty(i + ".command", ""),
                        words.getProperty(i + ".commandKey", ""),
                        Instant.parse(words.getProperty(i + ".started", "")),
                        words.getProperty(i + ".delay", ""));
                if (!kept.outlivesRestarts() || kept.delay().matches("[0-9]{1,10}")) {
                    loaded.add(kept);
                }
            } catch (IllegalArgumentException | DateTimeParseException unreadable) {
                throw new IOException("cannot be read, delete it to go on: " + FILE, unreadable);
            }
        }
        return loaded;
    }

    /// Keeps a command; returns after that is safe.
    ///
    /// @param row of the command, for [#remove]
    synchronized void add(String row, Kept kept) throws IOException {
        underway.put(row, kept);
        write();
    }

    /// Whether the command of this row goes on after a restart.
    synchronized boolean outlivesRestarts(String row) {
        Kept kept = underway.get(row);
        return kept != null && kept.outlivesRestarts();
    }

    synchronized void remove(String row) throws IOException {
        if (underway.remove(row) != null) {
            write();
        }
    }

    /// Keeps those that are under way now and no others.
    synchronized void write() throws IOException {
        Properties words = new Properties();
        int i = 0;
        for (Kept kept : underway.values()) {
            words.setProperty(i + ".originator", kept.originator().toString());
            words.setProperty(i + ".command", kept.command());
            words.setProperty(i + ".commandKey", kept.commandKey());
            words.setProperty(i + ".started", kept.started().toString());
            words.setProperty(i + ".delay", kept.delay());
            i++;
        }
        file.store(words, "asynchronous commands under way");
    }
}
