// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Which fleet to run.
///
/// @param agents 1 to 60000
/// @param address where the controller is
/// @param controller who it is
/// @param ratePerSecond how many agents are started a second, more than 0
/// @param serialPrefix begins each serial number, so that several fleets can meet one controller
/// @param pace how often something happens in each home; zero for homes that stand still
/// @param clients devices in each home
/// @param data where each keeps its settings, in a folder of its own, so that it knows whom it reports to when it
///     restarts; in memory where empty
public record FleetConfig(
        int agents,
        ControllerAddress address,
        EndpointId controller,
        double ratePerSecond,
        String serialPrefix,
        Duration pace,
        int clients,
        Optional<Path> data) {
    public FleetConfig {
        if (agents < 1 || agents > Limits.AGENTS) {
            throw new IllegalArgumentException("agents must be 1 to " + Limits.AGENTS + ": " + agents);
        }
        if (!(ratePerSecond > 0) || ratePerSecond > Limits.RATE) {
            throw new IllegalArgumentException(
                    "rate must be more than 0 and at most " + (int) Limits.RATE + " a second: " + ratePerSecond);
        }
        if (!serialPrefix.matches("[A-Za-z0-9_.]{1,20}")) {
            throw new IllegalArgumentException(
                    "serial prefix must be 1 to 20 letters, digits, _ or .: " + serialPrefix);
        }
    }
}
