// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.modules.SoftwareModules;
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An agent that leaves and comes back when its gateway restarts.
final class UpgradableGateway implements AutoCloseable {
    private final EndpointId id;
    private final URI server;
    private final SharedTimer timer = new SharedTimer();
    private final SimulatedGateway gateway;
    private final Path data;
    private final Optional<SoftwareModules> modules;
    private UspAgent agent;
    private boolean closed;

    UpgradableGateway(EndpointId id, URI server, Path data) throws IOException {
        this(id, server, data, Optional.empty());
    }

    /// @param modules what management may install on it; is closed with it
    UpgradableGateway(EndpointId id, URI server, Path data, Optional<SoftwareModules> modules) throws IOException {
        this.modules = modules;
        this.id = id;
        this.server = server;
        this.data = data;
        this.gateway = new SimulatedGateway(SimulatedGatewayConfig.of(id.instanceId(), 1));
        gateway.onRestartWanted(this::restart);
        this.agent = start();
    }

    private UspAgent start() throws IOException {
        UspAgent fresh = new UspAgent(
                AgentConfig.of(
                                id,
                                new DeviceIdentity("0200F0", "SimulatedGateway", id.instanceId()),
                                gateway.softwareVersion(),
                                List.of(ControllerConfig.of(TestServer.id(), ControllerRole.FULL)))
                        .withDataDirectory(data),
                elements(),
                List.of(new AgentMtpBinding(
                        new WebSocketClientMtp(WebSocketClientConfig.to(server, id)), TestServer.id())),
                AgentRuntime.with(timer));
        fresh.start();
        return fresh;
    }

    private List<ServiceElement> elements() {
        List<ServiceElement> all = new ArrayList<>(gateway.elements());
        modules.ifPresent(there -> all.addAll(there.elements()));
        return all;
    }

    private synchronized void restart() {
        if (closed) {
            return;
        }
        agent.close();
        gateway.reboot();
        try {
            agent = start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        agent.close();
        timer.close();
        modules.ifPresent(SoftwareModules::close);
    }

    EndpointId id() {
        return id;
    }

    /// What it runs.
    String version() {
        return gateway.softwareVersion();
    }
}
