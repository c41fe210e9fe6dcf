// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

/// What `Device.Reboot()` and `Device.FactoryReset()` do.
public sealed interface RebootAction {
    /// Both are refused with 7002: the host is not ours to restart.
    record Refused() implements RebootAction {}

    /// Reboot() restarts the agent within its process, as a simulated device does; FactoryReset() is refused
    /// with 7002.
    record Simulated() implements RebootAction {}

    /// The program does it, after the answer has left and the cause has been kept for the next Boot!. It
    /// usually ends the process or closes the agent and makes a new one.
    record ByProgram(Restart restart) implements RebootAction {}

    /// Carries a restart out, on a thread of its own.
    @FunctionalInterface
    interface Restart {
        void restart(BootCause cause);
    }
}
