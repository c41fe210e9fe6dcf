// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// What agents of one process share: time and chance.
///
/// @param random thread-safe
public record AgentRuntime(Clock clock, AgentTimer timer, RandomGenerator random) {

    /// The system's clock, and this timer, which the caller closes after all agents.
    public static AgentRuntime with(AgentTimer timer) {
        return new AgentRuntime(
                Clock.systemUTC(), timer, () -> ThreadLocalRandom.current().nextLong());
    }
}
