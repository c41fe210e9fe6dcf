// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

/// How busy the processors are: between two reads, or since the start of the host at the first.
final class Processor {
    private static final int FIRST = 1;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int GUEST = 9;

    private final HostFiles files;
    private long busyBefore;
    private long allBefore;
    private long sampledAt;
    private boolean sampled;
    private long percent;

    Processor(HostFiles files) {
        this.files = files;
    }

    synchronized long usagePercent() {
        long now = System.nanoTime();
        if (sampled && now - sampledAt < Limits.CPU_SAMPLE.toNanos()) {
            return percent;
        }
        String[] ticks = files.lines("/proc/stat").stream()
                .filter(line -> line.startsWith("cpu "))
                .findFirst()
                .orElse("cpu ")
                .split("\\s+");
        long all = 0;
        long idle = 0;
        // what guests use is in the user time already
        for (int i = FIRST; i < Math.min(ticks.length, GUEST); i++) {
            long count = HostFiles.parse(ticks[i]).orElse(0);
            all += count;
            idle += i == IDLE || i == WAITING ? count : 0;
        }
        long busy = all - idle;
        if (all > allBefore) {
            percent = Math.clamp(100 * (busy - busyBefore) / (all - allBefore), 0L, 100L);
        }
        busyBefore = busy;
        allBefore = all;
        sampledAt = now;
        sampled = true;
        return percent;
    }
}
