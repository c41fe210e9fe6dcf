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
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

/// A real agent with a simulated gateway behind it, dialling the server.
final class HomeGateway implements AutoCloseable {
    private final EndpointId id;
    private final SharedTimer timer = new SharedTimer();
    private final UspAgent agent;

    HomeGateway(EndpointId id, URI server) throws IOException {
        this(id, new WebSocketClientMtp(WebSocketClientConfig.to(server, id)));
    }

    HomeGateway(EndpointId id, Mtp transport) throws IOException {
        this(id, transport, elements -> elements);
    }

    /// @param changed what stands behind the agent, of what a simulated gateway has
    HomeGateway(EndpointId id, Mtp transport, UnaryOperator<List<ServiceElement>> changed) throws IOException {
        this.id = id;
        SimulatedGatewayConfig config =
                SimulatedGatewayConfig.of("S-" + id.instanceId().replace('%', '_'), 1);
        SimulatedGateway gateway = new SimulatedGateway(config);
        ControllerConfig controller = ControllerConfig.of(TestServer.id(), ControllerRole.FULL);
        agent = new UspAgent(
                AgentConfig.of(
                        id,
                        new DeviceIdentity(config.manufacturerOui(), config.productClass(), config.serialNumber()),
                        gateway.softwareVersion(),
                        List.of(controller)),
                changed.apply(gateway.elements()),
                List.of(new AgentMtpBinding(transport, TestServer.id())),
                AgentRuntime.with(timer));
        agent.start();
    }

    EndpointId id() {
        return id;
    }

    @Override
    public void close() {
        agent.close();
        timer.close();
    }
}
