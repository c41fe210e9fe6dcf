// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.mtp.Mtp;
import dev.pharos.usp.Frozen;
import java.time.Duration;
import java.util.List;

/// How an agent is a broker.
///
/// @param controllerSide where Services' agents dial, the broker being their controller; started and closed
///     by the agent
/// @param agentSide where controllers on this host dial, the broker being their agent; those that the agent's
///     configuration names are let in; started and closed by the agent
/// @param patience how long a Service may take for one answer before requests go on without it, more than
///     zero
public record BrokerConfig(List<Mtp> controllerSide, List<Mtp> agentSide, Duration patience) {
    /// Long for a process on the same host, short for whoever waits for the answer.
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

    public BrokerConfig {
        controllerSide = Frozen.list(controllerSide);
        agentSide = Frozen.list(agentSide);
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("the patience must be more than zero: " + patience);
        }
    }

    public static BrokerConfig listening(Mtp controllerSide) {
        return new BrokerConfig(List.of(controllerSide), List.of(), DEFAULT_PATIENCE);
    }

    public BrokerConfig withAgentSide(Mtp listener) {
        return new BrokerConfig(controllerSide, List.of(listener), patience);
    }

    public BrokerConfig withPatience(Duration wait) {
        return new BrokerConfig(controllerSide, agentSide, wait);
    }
}
