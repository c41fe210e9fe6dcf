// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;

/// `Device.DeviceInfo.MemoryStatus.`: the main memory, and the file system that the host runs from. All in
/// KiB.
final class Memory {
    private final HostFiles files;

    Memory(HostFiles files) {
        this.files = files;
    }

    String read(String parameter) {
        return switch (parameter) {
            case "Total" -> Unsigned.saturated(main("MemTotal:"));
            case "Free" -> Unsigned.saturated(main("MemFree:"));
            case "TotalPersistent" -> Unsigned.saturated(persistent(false));
            case "FreePersistent" -> Unsigned.saturated(persistent(true));
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    /// How much of the main memory is in use: all but what the kernel could give to programs.
    long usedPercent() {
        long total = main("MemTotal:");
        return total <= 0 ? 0 : 100 - Math.clamp(100 * main("MemAvailable:") / total, 0L, 100L);
    }

    private long main(String label) {
        return files.lines("/proc/meminfo").stream()
                .filter(line -> line.startsWith(label))
                .mapToLong(
                        line -> HostFiles.parse(line.substring(label.length()).replace("kB", ""))
                                .orElse(0))
                .findFirst()
                .orElse(0);
    }

    private long persistent(boolean free) {
        try {
            FileStore store = Files.getFileStore(files.root());
            return (free ? store.getUnallocatedSpace() : store.getTotalSpace()) >> 10;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
