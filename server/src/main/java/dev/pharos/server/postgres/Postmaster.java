// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What the file `postmaster.pid` of a data folder says: which process serves it, and whether it takes connections.
///
/// @param ready whether it accepts connections
record Postmaster(long pid, boolean ready) {
    private static final int STATUS_LINE = 7;

    static Optional<Postmaster> of(Path dataFolder) throws IOException {
        try {
            List<String> lines = Files.readAllLines(dataFolder.resolve("postmaster.pid"), StandardCharsets.UTF_8);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            boolean ready =
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return Optional.of(new Postmaster(Long.parseLong(lines.getFirst().strip()), ready));
        } catch (NoSuchFileException notRunning) {
            return Optional.empty();
        } catch (NumberFormatException damaged) {
            throw new PostgresException("The file " + dataFolder.resolve("postmaster.pid")
                    + " is damaged; remove it if no PostgreSQL runs there");
        }
    }

    /// Ends a PostgreSQL that still serves this folder although its server is gone (killed, or the machine is slow to
    /// notice), so that the folder is free. A stale file whose process is gone or is another program's by now is
    /// left to PostgreSQL, which copes.
    static void endOrphan(Path dataFolder) throws IOException {
        Optional<Postmaster> found = of(dataFolder);
        if (found.isEmpty() || !found.get().serves(dataFolder)) {
            return;
        }
        long pid = found.get().pid();
        signal("INT", pid);
        if (gone(pid, dataFolder, Limits.ORPHAN)) {
            return;
        }
        signal("QUIT", pid);
        if (!gone(pid, dataFolder, Limits.ORPHAN)) {
            throw new PostgresException("A PostgreSQL of an earlier run (process " + pid + ") still serves "
                    + dataFolder + " and does not stop; end it and start again");
        }
    }

    /// Whether the process lives and is a PostgreSQL on this very folder: process ids are used again.
    boolean serves(Path dataFolder) {
        try {
            String command = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8);
            return List.of(command.split("\0")).contains(dataFolder.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean gone(long pid, Path dataFolder, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (new Postmaster(pid, false).serves(dataFolder)) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause();
        }
        return true;
    }

    static void signal(String name, long pid) throws IOException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            kill.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void pause() throws PostgresException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresException("The start of PostgreSQL was interrupted", interrupted);
        }
    }
}
