// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// What agents of one process share: time and chance.
///
/// @param clock the time of day, which may jump
/// @param steady what waits and limits are measured with, which does not
/// @param random thread-safe
public record AgentRuntime(Clock clock, Clock steady, AgentTimer timer, RandomGenerator random) {

    /// Where the time of day does not jump.
    public AgentRuntime(Clock clock, AgentTimer timer, RandomGenerator random) {
        this(clock, clock, timer, random);
    }

    /// The system's clock, and this timer, which the caller closes after all agents.
    public static AgentRuntime with(AgentTimer timer) {
        return new AgentRuntime(
                Clock.systemUTC(),
                new SteadyClock(),
                timer,
                () -> ThreadLocalRandom.current().nextLong());
    }
}
