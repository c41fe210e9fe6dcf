// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutageTest {
    private static final EndpointId CONTROLLER = EndpointId.of("proto::controller");
    private static final int AGENTS = 5;

    @Test
    @Timeout(60)
    void an_outage_ends_every_connection_and_the_agents_stay() throws Exception {
        RecordingReceiver receiver = new RecordingReceiver();
        try (WebSocketServerMtp server = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER))) {
            server.start(receiver);
            ControllerAddress address =
                    ControllerAddress.parse("ws://127.0.0.1:" + server.port() + "/usp", Access.NONE);
            assertThat(address.isWebSocket()).isTrue();
            FleetConfig config =
                    new FleetConfig(AGENTS, address, CONTROLLER, 1_000, "CUT", Duration.ZERO, 1, Optional.empty());
            try (Fleet fleet = new Fleet(config)) {
                fleet.run();
                for (int i = 0; i < AGENTS; i++) {
                    assertThat(receiver.skipTo(Event.Connected.class)).isNotNull();
                }
                while (fleet.counters().connected() < AGENTS) {
                    Thread.sleep(5);
                }
                assertThat(fleet.cut()).isEqualTo(AGENTS);
                for (int i = 0; i < AGENTS; i++) {
                    assertThat(receiver.skipTo(Event.Disconnected.class)).isNotNull();
                }
                while (fleet.counters().disconnections() < AGENTS) {
                    Thread.sleep(5);
                }
                assertThat(fleet.counters().started()).isEqualTo(AGENTS);
            }
        }
    }
}
