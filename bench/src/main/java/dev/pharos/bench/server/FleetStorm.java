// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All agents lose their connections at the same moment and come back: how long that takes, and what it leaves in the
/// server's memory. Two figures of one storm.
public final class FleetStorm implements Benchmark {
    /// Names both figures.
    public static final String GROUP = "fleet-storm";

    /// TR-369 has an agent wait 5 to 10 s before its first retry, 10 to 20 before the second, 20 to 40 before the
    /// third (R-WS.19): whoever is let in at the third at the latest is back within this.
    private static final double WINDOW_SECONDS = 10.0 + 20 + 40;

    private static final double MEMORY_TARGET = 1.1;
    private static final double TIME_TARGET = 1.0;
    private static final double KIB_IN_MIB = 1024;

    private final boolean memory;
    private final Storm storm;

    private FleetStorm(boolean memory, Storm storm) {
        this.memory = memory;
        this.storm = storm;
    }

    /// @param agents how many there are
    public static List<Benchmark> both(int agents) {
        Storm storm = new Storm(agents);
        return List.of(new FleetStorm(false, storm), new FleetStorm(true, storm));
    }

    @Override
    public String name() {
        return GROUP + (memory ? "-memory" : "-time");
    }

    @Override
    public String definition() {
        return storm.agents + " simulated agents over WebSocket lose their connections at once: "
                + (memory
                        ? "the server's resident memory when all are back and have answered a Get / before"
                        : "seconds until all are back / the " + (int) WINDOW_SECONDS
                                + " s within which the third retry falls");
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public Outcome run() throws Exception {
        Storm.Weathered found = storm.weathered();
        return memory
                ? new Outcome(
                        found.kibAfter() / (double) found.kibBefore(),
                        MEMORY_TARGET,
                        true,
                        found.kibAfter() / KIB_IN_MIB,
                        found.kibBefore() / KIB_IN_MIB,
                        "MiB",
                        1)
                : new Outcome(
                        found.seconds() / WINDOW_SECONDS, TIME_TARGET, true, found.seconds(), WINDOW_SECONDS, "s", 1);
    }

    /// The storm itself, which takes long and so is made once.
    private static final class Storm {
        private final int agents;
        private @Nullable Weathered weathered;

        Storm(int agents) {
            this.agents = agents;
        }

        private record Weathered(double seconds, long kibBefore, long kibAfter) {}

        private Weathered weathered() throws Exception {
            Weathered known = weathered;
            if (known == null) {
                try (FleetBed bed = FleetBed.start()) {
                    bed.fleet("S", agents);
                    long before = bed.settle(agents);
                    double seconds = bed.storm();
                    known = new Weathered(seconds, before, bed.settle(agents));
                }
                weathered = known;
            }
            return known;
        }
    }
}
