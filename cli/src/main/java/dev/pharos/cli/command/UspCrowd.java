// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.fleet.Fleet;
import dev.pharos.fleet.FleetConfig;
import dev.pharos.fleet.FleetCounters;
import java.io.IOException;

/// Agents of a controller.
record UspCrowd(Fleet fleet, int agents) implements Crowd {
    static UspCrowd of(FleetConfig config) {
        return new UspCrowd(new Fleet(config), config.agents());
    }

    @Override
    public void run() throws IOException {
        fleet.run();
    }

    @Override
    public int started() {
        return fleet.counters().started();
    }

    @Override
    public String progress() {
        FleetCounters counters = fleet.counters();
        return "connected " + counters.connected() + "  refused " + counters.refused() + "  records "
                + counters.received();
    }

    @Override
    public Counts counts() {
        FleetCounters counters = fleet.counters();
        int connected = counters.connected();
        String text = "started " + counters.started() + " of " + agents + " agents, " + connected
                + " connected at the end, " + counters.received()
                + " records received, " + counters.disconnections() + " connections ended, " + counters.refused()
                + " attempts refused"
                + (counters.lastRefusal().isEmpty() ? "" : " (last: " + counters.lastRefusal() + ")");
        return new Counts(
                text,
                Json.object()
                        .put("agents", agents)
                        .put("started", counters.started())
                        .put("connectedAtEnd", connected)
                        .put("disconnections", counters.disconnections())
                        .put("refused", counters.refused())
                        .put("recordsReceived", counters.received())
                        .put("lastRefusal", counters.lastRefusal()));
    }

    @Override
    public void close() {
        fleet.close();
    }
}
