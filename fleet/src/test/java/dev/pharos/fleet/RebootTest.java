// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RebootTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::controller");

    /// Waits of 10 to 650 ms, then of 0.65 to 42 s, then of 42 s to 46 min.
    private static final RetryBackoff STEEP = new RetryBackoff(Duration.ofMillis(10), 65_000);

    /// Long beside the first wait on any machine, and short beside the third.
    private static final int PATIENCE_MILLIS = 35_000;

    /// Lets nobody in: each connection is one attempt.
    private static void awaitAttempt(ServerSocket server) throws Exception {
        server.accept().close();
    }

    @Test
    @Requirement("R-WS.21")
    void a_reboot_begins_the_count_of_attempts_anew() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                SharedTimer timer = new SharedTimer()) {
            server.setSoTimeout(PATIENCE_MILLIS);
            URI uri = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/usp");
            SimulatedAgent plan = SimulatedAgent.of("REBOOTS", 1);
            WebSocketClientConfig config =
                    WebSocketClientConfig.to(uri, plan.id()).withBackoff(STEEP);
            try (RunningGateway gateway = new RunningGateway(
                    plan,
                    List.of(ControllerConfig.of(CONTROLLER, ControllerRole.FULL)),
                    new RunningGateway.Ways(
                            () -> List.of(new AgentMtpBinding(new WebSocketClientMtp(config), CONTROLLER)),
                            Optional.empty()),
                    AgentRuntime.with(timer))) {
                gateway.start();
                for (int boot = 0; boot < 3; boot++) {
                    awaitAttempt(server);
                    awaitAttempt(server);
                    // Were attempts counted on, the next one but one would come after 42 s at the earliest.
                    gateway.reboot();
                }
            }
        }
        assertThat(STEEP.waitBefore(3, new Random(1)).toMillis()).isGreaterThan(PATIENCE_MILLIS);
    }
}
