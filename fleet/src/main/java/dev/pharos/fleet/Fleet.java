// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.ObservedMtp;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// Many simulated gateways in one process, each with its own identity, started at an even rate. Used by one
/// thread; the counters may be read by any.
public final class Fleet implements AutoCloseable {
    private final FleetConfig config;
    private final FleetCounters counters = new FleetCounters();
    private final SharedTimer timer = new SharedTimer();
    private final AgentRuntime runtime = AgentRuntime.with(timer);
    private final List<RunningGateway> gateways = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    public Fleet(FleetConfig config) {
        this.config = config;
    }

    public FleetCounters counters() {
        return counters;
    }

    /// Starts every agent, and returns when the last one was started or the fleet was closed.
    public void run() throws IOException {
        new EvenRate(config.ratePerSecond()).run(config.agents(), () -> closed, this::startOne);
    }

    private void startOne(int number) throws IOException {
        String serial = String.format(Locale.ROOT, "%s%06d", config.serialPrefix(), number);
        SimulatedAgent bare =
                SimulatedAgent.of(serial, number).withPace(config.pace()).withClients(config.clients());
        SimulatedAgent simulated = config.data()
                .map(folder -> bare.withData(folder.resolve(serial)))
                .orElse(bare);
        RunningGateway gateway = simulated.at(
                config.address(),
                config.controller(),
                ControllerRole.FULL,
                transport -> new ObservedMtp(transport, counters.observer()),
                runtime);
        gateways.add(gateway);
        gateway.start();
        counters.started.incrementAndGet();
    }

    /// Ends every connection that stands now, as an outage of the network does; each agent comes back as its own
    /// back-off says.
    ///
    /// @return how many there were
    public int cut() {
        List<MtpConnection> standing = List.copyOf(counters.connections);
        standing.forEach(connection -> connection.close(CloseReason.NORMAL));
        return standing.size();
    }

    /// Stops every agent.
    @Override
    public void close() {
        closed = true;
        for (RunningGateway gateway : gateways) {
            gateway.close();
        }
        timer.close();
    }
}
