// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.util.List;

/// What processors did, in ticks of a hundredth of a second.
///
/// @param user in programs, those of low priority and of guests too
/// @param system in the kernel, for devices and for the host that this one is a guest of
/// @param idle in nothing, or in waiting for devices
record ProcessorTicks(long user, long system, long idle) {
    private static final int FIRST = 1;
    private static final int NICE = 2;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    /// What guests use is in the user time already.
    private static final int GUEST = 9;

    /// Since the start of the host; nothing where the host does not have this processor.
    ///
    /// @param stat the lines of `/proc/stat`
    /// @param name as `/proc/stat` writes it: `cpu` for all together, `cpu0` for the first
    static ProcessorTicks of(List<String> stat, String name) {
        String[] ticks = stat.stream()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElse(name)
                .split("\\s+");
        long user = 0;
        long system = 0;
        long idle = 0;
        for (int i = FIRST; i < Math.min(ticks.length, GUEST); i++) {
            long count = HostFiles.parse(ticks[i]).orElse(0);
            if (i <= NICE) {
                user += count;
            } else if (i == IDLE || i == WAITING) {
                idle += count;
            } else {
                system += count;
            }
        }
        return new ProcessorTicks(user, system, idle);
    }

    long all() {
        return user + system + idle;
    }

    ProcessorTicks minus(ProcessorTicks before) {
        return new ProcessorTicks(user - before.user, system - before.system, idle - before.idle);
    }

    long userPercent() {
        return percent(user);
    }

    /// So that the three parts add up to a hundred, this one takes what rounding leaves.
    long systemPercent() {
        return all() <= 0 ? 0 : 100 - userPercent() - idlePercent();
    }

    long idlePercent() {
        return all() <= 0 ? 100 : percent(idle);
    }

    long busyPercent() {
        return 100 - idlePercent();
    }

    private long percent(long part) {
        return all() <= 0 ? 0 : Math.clamp(100 * part / all(), 0L, 100L);
    }
}
