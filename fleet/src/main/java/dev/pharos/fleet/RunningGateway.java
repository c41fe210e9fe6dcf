// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.KeptState;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.BootCause;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.connection.Dialler;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.simulated.SimulatedGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A simulated gateway with its agent: when the device restarts, the agent leaves and a new one comes, as on
/// real hardware. Thread-safe.
public final class RunningGateway implements AutoCloseable {
    private final SimulatedAgent plan;
    private final List<ControllerConfig> controllers;
    private final Ways ways;
    private final AgentRuntime runtime;
    private final SimulatedGateway gateway;
    private @Nullable UspAgent agent;
    private boolean closed;

    /// How controllers are reached.
    ///
    /// @param transports made anew for each life of the gateway
    /// @param dialler where the agent makes its connections itself
    record Ways(Supplier<List<AgentMtpBinding>> transports, Optional<Dialler> dialler) {}

    RunningGateway(SimulatedAgent plan, List<ControllerConfig> controllers, Ways ways, AgentRuntime runtime) {
        this.plan = plan;
        this.controllers = controllers;
        this.ways = ways;
        this.runtime = runtime;
        this.gateway = new SimulatedGateway(plan.gateway())
                .fetching(() -> plan.surroundings().collectors().context(), Patience.USUAL);
        gateway.onRestartWanted(this::reboot);
    }

    /// @throws IOException where what was kept cannot be read
    public synchronized void start() throws IOException {
        DeviceIdentity identity = new DeviceIdentity(
                plan.gateway().manufacturerOui(),
                plan.gateway().productClass(),
                plan.gateway().serialNumber());
        AgentConfig config = new AgentConfig(
                plan.id(),
                identity,
                gateway.softwareVersion(),
                controllers,
                plan.data(),
                new RebootAction.ByProgram(this::restart));
        UspAgent next =
                new UspAgent(config, gateway.elements(), ways.transports().get(), runtime).within(plan.surroundings());
        ways.dialler().ifPresent(next::dialling);
        next.start();
        agent = next;
    }

    /// The device restarts by itself, as when somebody pulls its plug.
    public void reboot() {
        restart(BootCause.LOCAL_REBOOT);
    }

    private synchronized void restart(BootCause cause) {
        if (closed) {
            return;
        }
        if (agent != null) {
            agent.close();
        }
        try {
            if (cause.isFactoryReset()) {
                gateway.factoryReset();
                if (plan.data().isPresent()) {
                    KeptState.erase(plan.data().get());
                }
            } else {
                gateway.reboot();
            }
            start();
        } catch (IOException failed) {
            throw new UncheckedIOException("the gateway did not come up again: " + plan.id(), failed);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (agent != null) {
            agent.close();
        }
    }
}
