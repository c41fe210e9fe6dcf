// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;

/// A job that reads one parameter of each of many agents, against the minute that it may take.
public final class FleetJob implements Benchmark {
    private static final int AGENTS = 10_000;
    private static final double MOST_SECONDS = 60;
    private static final double TARGET = 1.0;

    @Override
    public String name() {
        return "fleet-job";
    }

    @Override
    public String definition() {
        return "seconds of a job of one Get on each of " + AGENTS + " simulated agents connected over WebSocket / "
                + (int) MOST_SECONDS + " s";
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public Outcome run() throws Exception {
        try (FleetBed bed = FleetBed.start()) {
            bed.fleet("J", AGENTS);
            // all are onboarded, and the server is warm
            bed.settle(AGENTS);
            double seconds = bed.job(AGENTS);
            return new Outcome(seconds / MOST_SECONDS, TARGET, true, seconds, MOST_SECONDS, "s", 1);
        }
    }
}
