// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A whole controller and a whole agent at it.
final class MatrixPair implements AutoCloseable {
    private static final int OUI_AND_HYPHEN = 7;

    private final UspController controller;
    private final SharedTimer timer = new SharedTimer();
    private @Nullable UspAgent agent;

    private MatrixPair(UspController controller) {
        this.controller = controller;
    }

    /// The controller alone, at work.
    static MatrixPair of(ControllerSettings settings) throws IOException {
        MatrixPair pair = new MatrixPair(new UspController(settings));
        pair.controller.start();
        return pair;
    }

    /// Devices are known and quiet, so that only what is asked for is on the way.
    ///
    /// @param proofs told how each proved who it is
    static Admission knowing(ControllerSettings settings, Consumer<Proof> proofs) {
        return (device, peer, known) -> {
            proofs.accept(peer.proof());
            if (known.isEmpty()) {
                settings.stores().devices().create(DeviceRecord.unseen(device, false, true, Instant.EPOCH));
            }
            return new Admission.Admitted(peer.proof() != Proof.NONE);
        };
    }

    UspController controller() {
        return controller;
    }

    /// Starts the controller's end, and then the agent at the other.
    ///
    /// @param listens whether the agent is dialled
    UspController join(MatrixBed.Ends ends, EndpointId device, boolean listens, EndToEnd secured) throws IOException {
        controller.attach(ends.controller());
        String serial = device.instanceId().substring(OUI_AND_HYPHEN);
        AgentConfig config = AgentConfig.of(
                device,
                new DeviceIdentity("0200F0", "Gateway", serial),
                "1",
                List.of(ControllerConfig.of(MatrixBed.CONTROLLER, ControllerRole.FULL)
                        .withOnboarding(true)));
        Mtp end = ends.agent().open();
        UspAgent joining = new UspAgent(
                        config,
                        new SimulatedGateway(SimulatedGatewayConfig.of(serial, 1)).elements(),
                        listens ? List.of() : List.of(new AgentMtpBinding(end, MatrixBed.CONTROLLER)),
                        AgentRuntime.with(timer))
                .within(AgentSurroundings.NONE.secured(secured).listeningAt(() -> listens ? List.of(end) : List.of()));
        agent = joining;
        joining.start();
        return controller;
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
        timer.close();
        controller.close();
    }
}
