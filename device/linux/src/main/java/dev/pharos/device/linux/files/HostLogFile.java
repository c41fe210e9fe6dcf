// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.files;

import static dev.pharos.device.firmware.files.Limits.LOG_BYTES;

import dev.pharos.device.firmware.Outgoing;
import dev.pharos.device.firmware.files.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/// A file of this host into which something writes its log. It need not be there yet.
///
/// @param file opened each time, since logs are rotated
public record HostLogFile(Path file) implements LogFile {
    @Override
    public String name() {
        return Objects.requireNonNullElse(file.getFileName(), file).toString();
    }

    /// Whoever writes it knows; nobody tells.
    @Override
    public long maximumSize() {
        return 0;
    }

    /// What lies in memory is gone with it.
    @Override
    public boolean isPersistent() {
        Path real = file.toAbsolutePath().normalize();
        return !real.startsWith("/tmp") && !real.startsWith("/run") && !real.startsWith("/var/run");
    }

    @Override
    public Outgoing content() throws IOException {
        return Outgoing.endOf(file, LOG_BYTES);
    }
}
