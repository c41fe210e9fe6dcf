// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.fixture.HomeDevice;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where an agent listens for controllers, as rows of its data model.
class ListenerRowsTest {
    private static final String MTPS = "Device.LocalAgent.MTP.";
    private static final String LISTENING = "Port=8443, Path=/usp, EnableEncryption=true";

    @TempDir
    Path folder;

    /// Listens nowhere, but says where.
    private record Listener(String description) implements Mtp {
        @Override
        public void start(MtpReceiver receiver) {}

        @Override
        public void close() {}
    }

    private UspAgent start(SharedTimer timer, String... places) throws IOException {
        AgentConfig config = new AgentConfig(
                Stage.AGENT,
                new DeviceIdentity("0200F0", "Home", "1"),
                "1",
                List.of(ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL)
                        .withMtps(List.of(new ControllerMtp.WebSocket("controller.example", 443, "/usp", true)))),
                Optional.of(folder),
                new RebootAction.Refused());
        List<Mtp> listeners = List.of(places).stream().<Mtp>map(Listener::new).toList();
        UspAgent agent = new UspAgent(config, List.of(new HomeDevice()), List.of(), AgentRuntime.with(timer))
                .dialling((own, controller, route) -> new Listener("ws://nowhere/"))
                .within(AgentSurroundings.NONE.listeningAt(() -> listeners));
        agent.start();
        return agent;
    }

    private static String rows(UspAgent agent) {
        return agent.administer(new GetRequest(List.of(MTPS), 0)).toString();
    }

    private static Body set(UspAgent agent, String object, String parameter, String value) {
        return agent.administer(new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(object, List.of(new ParameterSetting(parameter, value, true))))));
    }

    @Test
    void a_listener_is_a_row_that_can_be_read_and_not_changed() throws Exception {
        try (SharedTimer timer = new SharedTimer();
                UspAgent agent = start(timer, "wss://0.0.0.0:8443/usp", "unix:/run/socket")) {
            assertThat(rows(agent)).contains(LISTENING).contains("Alias=pharos-listener-1", "Status=Up", "MTP.2.");
            assertThat(set(agent, MTPS + "2.WebSocket.", "Port", "1")).isInstanceOf(UspError.class);
            assertThat(set(agent, MTPS + "2.", "Enable", "false")).isInstanceOf(UspError.class);
            assertThat(set(agent, MTPS + "2.", "Protocol", "STOMP")).isInstanceOf(UspError.class);
            assertThat(agent.administer(new DeleteRequest(false, List.of(MTPS + "2."))))
                    .isInstanceOf(UspError.class);
            assertThat(rows(agent)).contains(LISTENING);
            assertThat(set(agent, MTPS + "1.", "Enable", "true")).isNotInstanceOf(UspError.class);
        }
    }

    @Test
    void the_next_start_keeps_the_row_and_shows_where_it_listens_now() throws Exception {
        try (SharedTimer timer = new SharedTimer()) {
            start(timer, "wss://0.0.0.0:8443/usp").close();
            try (UspAgent agent = start(timer, "ws://127.0.0.1:9191/other")) {
                assertThat(rows(agent))
                        .contains("Port=9191, Path=/other, EnableEncryption=false")
                        .contains("MTP.2.")
                        .doesNotContain("MTP.3.", LISTENING);
            }
            try (UspAgent agent = start(timer)) {
                assertThat(rows(agent)).doesNotContain("MTP.2.", "pharos-listener");
            }
        }
    }
}
