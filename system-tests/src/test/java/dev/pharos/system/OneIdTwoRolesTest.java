// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An agent and a controller of the same Endpoint ID, each with partners of its own, as a gateway has them that is
/// managed and manages what is behind it.
class OneIdTwoRolesTest {
    private static final EndpointId BOTH = EndpointId.of("os::0200F0-BOTH");
    private static final EndpointId OPERATOR = EndpointId.of("self::operator");
    private static final EndpointId BEHIND = EndpointId.of("os::0200F0-BEHIND");
    private static final String NAME = "Device.DeviceInfo.SerialNumber";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private UspController managing(EndpointId own, EndpointId agent, String serialNumber) throws IOException {
        InProcessMtp.Pair pair = InProcessMtp.pair(agent, own, 4096);
        ControllerSettings plain =
                ControllerSettings.of(InMemoryStores.create()).withOwn(own);
        ControllerSettings settings = plain.withAdmission((device, peer, known) -> {
            if (known.isEmpty()) {
                plain.stores().devices().create(DeviceRecord.unseen(device, false, true, Instant.EPOCH));
            }
            return new Admission.Admitted(false);
        });
        UspController controller = new UspController(settings);
        opened.push(controller);
        controller.attach(pair.second());
        controller.start();
        SharedTimer timer = new SharedTimer();
        opened.push(timer);
        UspAgent device = new UspAgent(
                AgentConfig.of(
                        agent,
                        new DeviceIdentity("0200F0", "Gateway", serialNumber),
                        "1",
                        List.of(ControllerConfig.of(own, ControllerRole.FULL))),
                new SimulatedGateway(SimulatedGatewayConfig.of(serialNumber, 1)).elements(),
                List.of(new AgentMtpBinding(pair.first(), own)),
                AgentRuntime.with(timer));
        opened.push(device);
        device.start();
        return controller;
    }

    private static String asked(UspController controller, EndpointId device) throws Exception {
        return controller
                .call(device, new GetRequest(List.of(NAME), 0), Duration.ofSeconds(10))
                .toString();
    }

    @Test
    @Requirement("R-ARC.0")
    void an_agent_and_a_controller_of_one_id_serve_their_partners_side_by_side() throws Exception {
        UspController operator = managing(OPERATOR, BOTH, "BOTH");
        UspController both = managing(BOTH, BEHIND, "BEHIND");

        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(asked(operator, BOTH)).contains("BOTH"));
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(asked(both, BEHIND)).contains("BEHIND"));
        assertThat(asked(operator, BOTH)).contains("BOTH");
    }
}
