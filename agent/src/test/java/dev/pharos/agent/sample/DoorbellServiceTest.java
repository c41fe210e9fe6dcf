// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.UspAgent;
import dev.pharos.agent.broker.BrokerConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.mtp.uds.UdsClientConfig;
import dev.pharos.mtp.uds.UdsClientMtp;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A controller, a broker and the sample Service, over real UNIX domain sockets.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DoorbellServiceTest {
    private static final Path PAGE = Path.of("..", "docs", "usp-services.md");
    private static final Path SOURCE =
            Path.of("src", "test", "java", "dev", "pharos", "agent", "sample", "DoorbellService.java");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_controller_rings_the_bell_of_a_service_behind_the_broker() throws Exception {
        Path agentPath = folder.resolve("broker_agent_path");
        Path controllerPath = folder.resolve("broker_controller_path");
        BrokerConfig sockets = BrokerConfig.listening(new UdsServerMtp(UdsServerConfig.at(controllerPath, Stage.AGENT)))
                .withAgentSide(new UdsServerMtp(UdsServerConfig.at(agentPath, Stage.AGENT)));
        try (SharedTimer timer = new SharedTimer();
                UspAgent broker = new UspAgent(
                        Stage.config(List.of(ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL))),
                        List.of(),
                        List.of(),
                        AgentRuntime.with(timer),
                        Optional.of(sockets));
                UdsClientMtp way = new UdsClientMtp(UdsClientConfig.to(agentPath, Stage.CONTROLLER))) {
            broker.start();
            LockstepController controller = new LockstepController(Stage.CONTROLLER, Stage.AGENT);
            controller.start(way);
            try (UspAgent service = DoorbellService.at(controllerPath, Stage.AGENT, AgentRuntime.with(timer))) {
                service.start();
                await().until(() -> rings(controller).equals("0"));
                OperateResponse rung =
                        controller.ask(new OperateRequest("Device.X_EXAMPLE_Doorbell.Ring()", "", true, Map.of()));
                assertThat(rung.operationResults().getFirst().outcome())
                        .isEqualTo(new OperateResponse.OutputArgs(Map.of()));
                assertThat(rings(controller)).isEqualTo("1");
            }
            await().until(() -> rings(controller).isEmpty());
        }
    }

    private static String rings(LockstepController controller) {
        return controller
                .ask(new GetRequest(List.of("Device.X_EXAMPLE_Doorbell.Rings"), 0))
                .requestedPathResults()
                .getFirst()
                .resolvedPathResults()
                .stream()
                .map(result -> result.resultParams().getOrDefault("Rings", ""))
                .findFirst()
                .orElse("");
    }

    @Test
    void an_endpoint_that_is_no_controller_of_the_agent_is_not_let_in() throws Exception {
        Path agentPath = folder.resolve("agent");
        BrokerConfig sockets = BrokerConfig.listening(
                        new UdsServerMtp(UdsServerConfig.at(folder.resolve("controller"), Stage.AGENT)))
                .withAgentSide(new UdsServerMtp(UdsServerConfig.at(agentPath, Stage.AGENT)));
        try (SharedTimer timer = new SharedTimer();
                UspAgent broker = new UspAgent(
                        Stage.config(List.of(ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL))),
                        List.of(),
                        List.of(),
                        AgentRuntime.with(timer),
                        Optional.of(sockets));
                UdsClientMtp way = new UdsClientMtp(UdsClientConfig.to(agentPath, Stage.STRANGER))) {
            broker.start();
            RecordingReceiver stranger = new RecordingReceiver();
            way.start(stranger);
            assertThat(stranger.skipTo(RecordingReceiver.Event.Disconnected.class)
                            .reason())
                    .isEqualTo("the peer gave up: not admitted");
        }
    }

    @Test
    void the_page_shows_the_source_that_is_compiled_here() throws Exception {
        String source = Files.readString(SOURCE);
        String shown = source.substring(source.indexOf("/// A doorbell")).strip();
        assertThat(Files.readString(PAGE).lines().map(String::strip).toList())
                .containsSubsequence(shown.lines().map(String::strip).toList());
    }
}
