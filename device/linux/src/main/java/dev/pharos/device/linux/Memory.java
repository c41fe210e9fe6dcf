// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.List;

/// `Device.DeviceInfo.MemoryStatus.`: the main memory, and the file system that the host runs from. All in
/// KiB, and at most [Limits#RECENT] old.
final class Memory {
    private static final String TOTAL = "total";
    private static final String FREE = "free";

    private final HostFiles files;
    private final Recent<List<String>> lines;
    private final Recent<Long> persistent;

    Memory(HostFiles files) {
        this.files = files;
        this.lines = new Recent<>(files::lines);
        this.persistent = new Recent<>(this::persistent);
    }

    String read(String parameter) {
        return switch (parameter) {
            case "Total" -> Unsigned.saturated(main("MemTotal:"));
            case "Free" -> Unsigned.saturated(main("MemFree:"));
            case "TotalPersistent" -> Unsigned.saturated(persistent.get(TOTAL));
            case "FreePersistent" -> Unsigned.saturated(persistent.get(FREE));
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    /// How much of the main memory is in use: all but what the kernel could give to programs.
    long usedPercent() {
        long total = main("MemTotal:");
        return total <= 0 ? 0 : 100 - Math.clamp(100 * main("MemAvailable:") / total, 0L, 100L);
    }

    private long main(String label) {
        return lines.get("/proc/meminfo").stream()
                .filter(line -> line.startsWith(label))
                .mapToLong(
                        line -> HostFiles.parse(line.substring(label.length()).replace("kB", ""))
                                .orElse(0))
                .findFirst()
                .orElse(0);
    }

    private long persistent(String which) {
        try {
            FileStore store = Files.getFileStore(files.root());
            return (which.equals(FREE) ? store.getUnallocatedSpace() : store.getTotalSpace()) >> 10;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
