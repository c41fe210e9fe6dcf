// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The programs of the host, found at each use, since packages come and go.
///
/// @param root the folder that stands for `/`
record HostPrograms(Path root) {
    static final HostPrograms OF_THIS_HOST = new HostPrograms(Path.of("/"));

    private static final List<String> FOLDERS = List.of("usr/bin", "bin", "usr/sbin", "sbin", "usr/local/bin");
    private static final String BUSYBOX = "busybox";

    /// A program that can be run.
    ///
    /// @param words how its command line begins
    /// @param isBusyBox whether it is the form of BusyBox, which has fewer options
    record Program(List<String> words, boolean isBusyBox) {
        Program {
            words = List.copyOf(words);
        }
    }

    /// The full program before that of BusyBox.
    Optional<Program> find(String name) {
        Optional<Program> own = executable(name).map(path -> new Program(List.of(path.toString()), isBusyBox(path)));
        return own.isPresent()
                ? own
                : executable(BUSYBOX).map(path -> new Program(List.of(path.toString(), name), true));
    }

    /// Whether the host speaks IPv6 at all.
    boolean hasIpv6() {
        return Files.exists(root.resolve("proc/net/if_inet6"));
    }

    private Optional<Path> executable(String name) {
        return FOLDERS.stream()
                .map(folder -> root.resolve(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isBusyBox(Path path) {
        try {
            return path.toRealPath().getFileName().toString().startsWith(BUSYBOX);
        } catch (IOException gone) {
            return false;
        }
    }
}
