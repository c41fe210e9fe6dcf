// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.program;

import dev.pharos.usp.UspException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of the host, where people look who have no other: written by its program `logger`. Thread-safe.
///
/// @param program `logger`; nothing is written where there is none
/// @param tag before every line
public record SystemLog(Optional<Path> program, String tag) {
    private static final Logger LOG = LoggerFactory.getLogger(SystemLog.class);
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/logger"), Path.of("/bin/logger"));

    public static SystemLog ofThisHost(String tag) {
        return new SystemLog(PLACES.stream().filter(Files::isExecutable).findFirst(), tag);
    }

    /// Writes a line as a warning of a daemon. Nothing fails where it cannot be written.
    public void warn(String line) throws InterruptedException {
        if (program.isEmpty()) {
            return;
        }
        try {
            HostProgram.Outcome _ = new HostProgram(program.get(), "logger")
                    .run(Limits.GOODBYE, "-t", tag, "-p", "daemon.warn", HostProgram.shown(line, Limits.LINE))
                    .mustBeGood();
        } catch (UspException unwritten) {
            LOG.debug("the system's log takes nothing: {}", unwritten.getMessage());
        }
    }
}
