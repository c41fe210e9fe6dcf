// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.mtp.Mtp;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.function.UnaryOperator;

/// A controller that manages an agent: who it is, where it is, and what it may do at first.
public record ManagingController(EndpointId id, ControllerAddress address, ControllerRole role) {

    /// As the agent's configuration has it. Over CoAP, where there is no Connect Record, an OnBoardRequest says
    /// that the agent is there.
    public ControllerConfig config(EndpointId agent) {
        return ControllerConfig.of(id, role)
                .withMtps(address.isCoap() ? List.of() : List.of(address.description(agent, id)))
                .withOnboarding(address.isCoap());
    }

    /// What reaches it, not yet started.
    ///
    /// @param wrap what to put around the transport
    public AgentMtpBinding binding(EndpointId agent, UnaryOperator<Mtp> wrap) {
        return new AgentMtpBinding(wrap.apply(address.transport(agent, id)), id);
    }

    /// What reaches those of them whom no data model describes, so that an agent that follows its own would not.
    public static List<AgentMtpBinding> beside(
            List<ManagingController> controllers, EndpointId agent, UnaryOperator<Mtp> wrap) {
        return controllers.stream()
                .filter(controller -> controller.address().isCoap())
                .map(controller -> controller.binding(agent, wrap))
                .toList();
    }
}
