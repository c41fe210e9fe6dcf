// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The processes of this host as the kernel shows them.
final class Sessions {
    private static final Path PROC = Path.of("/proc");
    private static final long PAGE = 4096;
    private static final long TICK_NANOS = 10_000_000;

    private Sessions() {}

    /// A process.
    ///
    /// @param started ticks since the host started
    /// @param nanos that it has computed
    /// @param bytes of memory that it has
    record Seen(long pid, long session, long started, long nanos, long bytes) {}

    /// Those of one session, by number; not those that have ended and are only not yet fetched.
    static Map<Long, Seen> of(long session) {
        Map<Long, Seen> found = new HashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path one : all) {
                read(one)
                        .filter(process -> process.session() == session)
                        .ifPresent(process -> found.put(process.pid(), process));
            }
        } catch (IOException unreadable) {
            return found;
        }
        return found;
    }

    static Optional<Seen> process(long pid) {
        return read(PROC.resolve(Long.toString(pid)));
    }

    private static Optional<Seen> read(Path process) {
        try {
            String text = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // the name may hold anything, spaces and brackets too
            String[] words = text.substring(text.lastIndexOf(')') + 2).split(" ");
            if (words[0].equals("Z") || words[0].equals("X")) {
                return Optional.empty();
            }
            return Optional.of(new Seen(
                    Long.parseLong(text.substring(0, text.indexOf(' '))),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[19]),
                    (Long.parseLong(words[11]) + Long.parseLong(words[12])) * TICK_NANOS,
                    Long.parseLong(words[21]) * PAGE));
        } catch (IOException | RuntimeException gone) {
            return Optional.empty();
        }
    }
}
