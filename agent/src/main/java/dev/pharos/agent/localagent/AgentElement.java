// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.` itself.
public final class AgentElement implements ServiceElement {
    private static final String UP_TIME = LocalAgentModel.LOCAL_AGENT + "UpTime";

    private static final String ALL_PROTOCOLS = "WebSocket,MQTT,STOMP,UDS";

    private final AgentConfig config;
    private final MtpElement.Dialling dialling;
    private final Clock clock;
    private final Clock wall;
    private volatile Instant started;
    private volatile @Nullable DeviceContext mounted;

    /// @param clock never jumps
    /// @param wall tells what the time is
    public AgentElement(AgentConfig config, MtpElement.Dialling dialling, Clock clock, Clock wall) {
        this.wall = wall;
        this.config = config;
        this.dialling = dialling;
        this.clock = clock;
        this.started = clock.instant();
    }

    /// Tells of a transfer that has ended, by TransferComplete!.
    public void ended(EndedCommand command) {
        DeviceContext context = mounted;
        if (context != null) {
            TransferReports.of(command, context.snapshot(), wall)
                    .ifPresent(arguments -> context.raise(LocalAgentModel.LOCAL_AGENT, "TransferComplete!", arguments));
        }
    }

    /// Begins to count UpTime anew.
    public void restarted() {
        started = clock.instant();
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.AGENT;
    }

    @Override
    public void start(DeviceContext context) {
        mounted = context;
        context.update(transaction -> {
            transaction.set(
                    LocalAgentModel.LOCAL_AGENT + "EndpointID",
                    config.endpointId().toString());
            transaction.set(LocalAgentModel.LOCAL_AGENT + "SoftwareVersion", config.softwareVersion());
            transaction.set(
                    LocalAgentModel.LOCAL_AGENT + "SupportedNumberOfSubscriptions",
                    Integer.toString(Limits.SUBSCRIPTIONS));
            transaction.set(
                    LocalAgentModel.LOCAL_AGENT + "SupportedProtocols",
                    dialling.byAgent() ? ALL_PROTOCOLS : String.join(",", protocols(config)));
            return transaction;
        });
    }

    /// The transports that this agent really uses, by TR-181's names.
    static List<String> protocols(AgentConfig config) {
        return config.controllers().stream()
                .flatMap(controller -> controller.mtps().stream())
                .map(ControllerMtp::protocol)
                .distinct()
                .toList();
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return supportedParameterPath.equals(UP_TIME);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        return Long.toString(
                Math.max(0, Duration.between(started, clock.instant()).toSeconds()));
    }
}
