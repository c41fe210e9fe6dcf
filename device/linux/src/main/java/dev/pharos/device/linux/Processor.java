// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/// How busy a processor is, or all together: between two reads, since the start of the host at the first, or
/// over a time that somebody wants to know of. Thread-safe.
final class Processor {
    private final Function<String, List<String>> lines;
    private final String name;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private ProcessorTicks before = new ProcessorTicks(0, 0, 0);
    private ProcessorTicks recent = before;
    private long sampledAt;
    private boolean sampled;

    /// @param lines of a file of the host
    /// @param name as `/proc/stat` writes it
    Processor(Function<String, List<String>> lines, String name) {
        this.lines = lines;
        this.name = name;
    }

    private record Sample(long nanos, ProcessorTicks ticks) {}

    long usagePercent() {
        return recently().busyPercent();
    }

    /// What it did since the last read but one.
    synchronized ProcessorTicks recently() {
        long now = System.nanoTime();
        if (sampled && now - sampledAt < Limits.CPU_SAMPLE.toNanos()) {
            return recent;
        }
        ProcessorTicks ticks = ProcessorTicks.of(lines.apply("/proc/stat"), name);
        if (ticks.all() > before.all()) {
            recent = ticks.minus(before);
        }
        before = ticks;
        sampledAt = now;
        sampled = true;
        return recent;
    }

    /// The mean over so many samples, or over as many as were taken so far; each read takes one where the last
    /// is old enough.
    ///
    /// @param interval between samples
    /// @param most how many samples, at least one
    synchronized long averagePercent(Duration interval, int most) {
        ProcessorTicks ticks = ProcessorTicks.of(lines.apply("/proc/stat"), name);
        long now = System.nanoTime();
        ProcessorTicks since =
                ticks.minus(samples.isEmpty() ? ticks : samples.getFirst().ticks());
        // a poll may come a little early
        if (samples.isEmpty() || now - samples.getLast().nanos() >= interval.toNanos() * 9 / 10) {
            samples.add(new Sample(now, ticks));
        }
        while (samples.size() > most) {
            samples.removeFirst();
        }
        return since.all() <= 0 ? usagePercent() : since.busyPercent();
    }
}
