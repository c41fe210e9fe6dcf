// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The user of the host that execution units run as.
///
/// @param itself whether that is who this process runs as, so that nothing has to be changed
public record RunAs(long uid, long gid, boolean itself) {

    /// Who this process runs as.
    public static RunAs self() throws IOException {
        long uid = -1;
        long gid = -1;
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("Uid:")) {
                uid = Long.parseLong(line.split("\\s+")[2]);
            } else if (line.startsWith("Gid:")) {
                gid = Long.parseLong(line.split("\\s+")[2]);
            }
        }
        return new RunAs(uid, gid, true);
    }

    /// A user by name, as `/etc/passwd` has it; empty where it does not.
    public static Optional<RunAs> named(String name) throws IOException {
        RunAs self = self();
        return Files.readAllLines(Path.of("/etc/passwd")).stream()
                .map(line -> line.split(":"))
                .filter(words -> words.length >= 4 && words[0].equals(name))
                .map(words -> new RunAs(Long.parseLong(words[2]), Long.parseLong(words[3]), false))
                .map(found -> found.uid() == self.uid() ? self : found)
                .findFirst();
    }

    /// Whether it may do everything on the host.
    public boolean isRoot() {
        return uid == 0;
    }
}
