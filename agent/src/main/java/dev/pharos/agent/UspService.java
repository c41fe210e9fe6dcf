// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import dev.pharos.agent.broker.RegisteringMtp;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.mtp.Mtp;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;

/// A USP Service: an agent whose only controller is a broker, with which it registers its part of the data
/// model.
public final class UspService {
    private UspService() {}

    /// A Service, not yet started. It keeps nothing on disk.
    ///
    /// @param way to the broker's controller path
    /// @param paths what it registers: object paths without Instance Numbers
    /// @param backing the objects at these paths
    public static UspAgent of(
            EndpointId own,
            EndpointId broker,
            Mtp way,
            List<String> paths,
            ServiceElement backing,
            AgentRuntime runtime) {
        AgentConfig config = AgentConfig.of(
                own,
                new DeviceIdentity("", "", ""),
                "1",
                List.of(ControllerConfig.of(broker, ControllerRole.FULL)
                        .withMtps(List.of(new ControllerMtp.Uds(Optional.empty())))));
        Mtp registering = new RegisteringMtp(way, own, broker, paths);
        return new UspAgent(config, List.of(backing), List.of(new AgentMtpBinding(registering, broker)), runtime);
    }
}
