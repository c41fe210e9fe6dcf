// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.sample;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.mtp.uds.UdsClientConfig;
import dev.pharos.mtp.uds.UdsClientMtp;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.util.List;

/// An agent within another program.
final class Heating {
    private Heating() {}

    static UspAgent agent(
            EndpointId own, EndpointId controller, Path socket, Path data, Thermostat heating, AgentRuntime runtime) {
        var mayDoAll = List.of(ControllerConfig.of(controller, ControllerRole.FULL));
        var device = new DeviceIdentity("0200F0", "Heating", "4711");
        var config = AgentConfig.of(own, device, "1.0", mayDoAll).withDataDirectory(data);
        var way = new AgentMtpBinding(new UdsClientMtp(UdsClientConfig.to(socket, own)), controller);
        return new UspAgent(config, List.of(heating), List.of(way), runtime);
    }
}
