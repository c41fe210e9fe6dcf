// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.mtp.Mtp;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Which simulated gateway to run, and under which Endpoint ID.
///
/// @param data where its settings are kept; in memory where empty
/// @param surroundings what it has around it beside its controllers
public record SimulatedAgent(
        EndpointId id, SimulatedGatewayConfig gateway, Optional<Path> data, AgentSurroundings surroundings) {

    /// A gateway of this serial number, under the Endpoint ID `os::OUI-SERIAL`. It has nothing to hide, and talks over
    /// any connection.
    public static SimulatedAgent of(String serialNumber, long seed) {
        SimulatedGatewayConfig gateway = SimulatedGatewayConfig.of(serialNumber, seed);
        return new SimulatedAgent(
                EndpointId.of("os::" + gateway.manufacturerOui() + "-" + serialNumber),
                gateway,
                Optional.empty(),
                AgentSurroundings.NONE.secured(EndToEnd.LABORATORY));
    }

    public SimulatedAgent withPace(Duration pace) {
        return new SimulatedAgent(id, gateway.withPace(pace), data, surroundings);
    }

    public SimulatedAgent withClients(int clients) {
        return new SimulatedAgent(id, gateway.withClients(clients), data, surroundings);
    }

    public SimulatedAgent withId(EndpointId other) {
        return new SimulatedAgent(other, gateway, data, surroundings);
    }

    public SimulatedAgent withData(Path folder) {
        return new SimulatedAgent(id, gateway, Optional.of(folder), surroundings);
    }

    public SimulatedAgent secured(EndToEnd endToEnd) {
        return within(surroundings.secured(endToEnd));
    }

    public SimulatedAgent within(AgentSurroundings around) {
        return new SimulatedAgent(id, gateway, data, around);
    }

    /// The gateway with its agent, not yet started.
    ///
    /// @param role what the controller may do
    /// @param wrap what to put around its transport
    public RunningGateway at(
            ControllerAddress address,
            EndpointId controller,
            ControllerRole role,
            UnaryOperator<Mtp> wrap,
            AgentRuntime runtime) {
        return at(List.of(new ManagingController(controller, address, role)), wrap, runtime);
    }

    /// The gateway with its agent and all who manage it, not yet started.
    ///
    /// @param wrap what to put around each transport
    public RunningGateway at(List<ManagingController> controllers, UnaryOperator<Mtp> wrap, AgentRuntime runtime) {
        return new RunningGateway(
                this,
                controllers.stream().map(controller -> controller.config(id)).toList(),
                new RunningGateway.Ways(
                        () -> controllers.stream()
                                .map(controller -> controller.binding(id, wrap))
                                .toList(),
                        Optional.empty()),
                runtime);
    }

    /// As [#at(List, UnaryOperator, AgentRuntime)], with connections that management can change, as a device has them
    /// that is no crowd.
    ///
    /// @param others how controllers are met that management adds
    public RunningGateway dialling(
            List<ManagingController> controllers, Access others, UnaryOperator<Mtp> wrap, AgentRuntime runtime) {
        return new RunningGateway(
                this,
                controllers.stream().map(controller -> controller.config(id)).toList(),
                new RunningGateway.Ways(
                        () -> ManagingController.beside(controllers, id, wrap),
                        Optional.of(new ControllerDialler(controllers, others, wrap))),
                runtime);
    }
}
