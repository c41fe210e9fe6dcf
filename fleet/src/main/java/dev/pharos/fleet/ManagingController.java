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

    /// As the agent's configuration has it.
    public ControllerConfig config(EndpointId agent) {
        return ControllerConfig.of(id, role).withMtps(List.of(address.description(agent, id)));
    }

    /// What reaches it, not yet started.
    ///
    /// @param wrap what to put around the transport
    public AgentMtpBinding binding(EndpointId agent, UnaryOperator<Mtp> wrap) {
        return new AgentMtpBinding(wrap.apply(address.transport(agent, id)), id);
    }
}
