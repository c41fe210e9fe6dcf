// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import java.util.Map;

/// Runs a command to its end, wherever it is backed.
@FunctionalInterface
public interface CommandRunner {
    /// @param command with instance numbers and `()`
    /// @return the output arguments
    /// @throws dev.pharos.usp.UspException why it failed
    Map<String, String> operate(String command, Map<String, String> inputs) throws InterruptedException;
}
