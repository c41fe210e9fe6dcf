// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;

/// Resident memory that an onboarded agent costs the server, against a budget.
public final class FleetMemory implements Benchmark {
    /// How many there are in the end, unless told otherwise: what the usual 20,000 open files of a process
    /// allow.
    public static final int AGENTS = 19_000;

    /// How many there are at the first look, after which the server has all that it needs for any.
    public static final int FEW = 1_000;

    private static final double BUDGET_KIB = 40;
    private static final double TARGET = 1.0;

    private final int agents;

    /// @param agents more than [#FEW]
    public FleetMemory(int agents) {
        if (agents <= FEW) {
            throw new IllegalArgumentException("agents must be more than " + FEW + ": " + agents);
        }
        this.agents = agents;
    }

    @Override
    public String name() {
        return "fleet-memory";
    }

    @Override
    public String definition() {
        return "the server's resident memory for each simulated agent over WebSocket, slope from " + FEW + " to "
                + agents + ", each onboarded and answering a Get, / a budget of 40 KiB";
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public Outcome run() throws Exception {
        try (FleetBed bed = FleetBed.start()) {
            bed.fleet("A", FEW);
            long few = bed.settle(FEW);
            bed.fleet("B", agents - FEW);
            long many = bed.settle(agents);
            double each = (many - few) / (double) (agents - FEW);
            return new Outcome(each / BUDGET_KIB, TARGET, true, each, BUDGET_KIB, "KiB/agent", 1);
        }
    }
}
