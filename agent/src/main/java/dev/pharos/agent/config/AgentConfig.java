// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What an agent is.
///
/// @param dataDirectory where settings, subscriptions and notifications outlive the process; empty keeps all
///     of it in memory
/// @param softwareVersion of the device; a change since the last start makes Boot! say FirmwareUpdated
public record AgentConfig(
        EndpointId endpointId,
        DeviceIdentity identity,
        String softwareVersion,
        List<ControllerConfig> controllers,
        Optional<Path> dataDirectory,
        RebootAction rebootAction) {
    public AgentConfig {
        controllers = Frozen.list(controllers);
        long distinct = controllers.stream()
                .map(ControllerConfig::endpointId)
                .distinct()
                .count();
        if (distinct != controllers.size()) {
            throw new IllegalArgumentException("a controller is named twice: " + controllers);
        }
        if (controllers.stream().anyMatch(controller -> controller.endpointId().equals(endpointId))) {
            throw new IllegalArgumentException(
                    "an Agent does not talk to an Endpoint of its own ID (R-ARC.2): " + endpointId);
        }
    }

    /// An agent that keeps everything in memory and refuses to reboot.
    public static AgentConfig of(
            EndpointId endpointId,
            DeviceIdentity identity,
            String softwareVersion,
            List<ControllerConfig> controllers) {
        return new AgentConfig(
                endpointId, identity, softwareVersion, controllers, Optional.empty(), new RebootAction.Refused());
    }

    public AgentConfig withDataDirectory(Path directory) {
        return new AgentConfig(
                endpointId, identity, softwareVersion, controllers, Optional.of(directory), rebootAction);
    }

    public AgentConfig withRebootAction(RebootAction action) {
        return new AgentConfig(endpointId, identity, softwareVersion, controllers, dataDirectory, action);
    }
}
