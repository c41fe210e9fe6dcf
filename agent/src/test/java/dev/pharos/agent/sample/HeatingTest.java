// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.UspAgent;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The samples of docs/embedding.md, with a controller on a real UNIX domain socket.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HeatingTest {
    private static final Path PAGE = Path.of("..", "docs", "embedding.md");
    private static final Path SOURCES = Path.of("src", "test", "java", "dev", "pharos", "agent", "sample");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_controller_reads_the_sensor_and_turns_the_valve_and_the_target_outlives_the_program() throws Exception {
        AtomicInteger sensor = new AtomicInteger(19);
        AtomicInteger valve = new AtomicInteger();
        Path socket = folder.resolve("controller");
        try (SharedTimer timer = new SharedTimer();
                UdsServerMtp listener = new UdsServerMtp(UdsServerConfig.at(socket, Stage.CONTROLLER))) {
            LockstepController controller = new LockstepController(Stage.CONTROLLER, Stage.AGENT);
            controller.start(listener);
            try (UspAgent agent = heating(socket, new Thermostat(sensor::get, valve::set), timer)) {
                agent.start();
                assertThat(values(controller)).isEqualTo(Map.of("Temperature", "19", "Target", "20"));
                sensor.set(21);
                assertThat(target(controller, "23").operationStatus()).isInstanceOf(SetResponse.OperationSuccess.class);
                assertThat(valve).hasValue(23);
                assertThat(target(controller, "31").operationStatus()).isInstanceOf(SetResponse.OperationFailure.class);
                assertThat(values(controller)).isEqualTo(Map.of("Temperature", "21", "Target", "23"));
            }
            valve.set(0);
            try (UspAgent again = heating(socket, new Thermostat(sensor::get, valve::set), timer)) {
                again.start();
                assertThat(valve).hasValue(23);
            }
        }
    }

    private UspAgent heating(Path socket, Thermostat thermostat, SharedTimer timer) {
        return Heating.agent(
                Stage.AGENT, Stage.CONTROLLER, socket, folder.resolve("data"), thermostat, AgentRuntime.with(timer));
    }

    private static Map<String, String> values(LockstepController controller) {
        return controller
                .ask(new GetRequest(List.of("Device.X_EXAMPLE_Thermostat."), 0))
                .requestedPathResults()
                .getFirst()
                .resolvedPathResults()
                .getFirst()
                .resultParams();
    }

    private static SetResponse.UpdatedObjectResult target(LockstepController controller, String value) {
        return controller
                .ask(new SetRequest(
                        true,
                        List.of(new SetRequest.UpdateObject(
                                "Device.X_EXAMPLE_Thermostat.", List.of(new ParameterSetting("Target", value, true))))))
                .updatedObjectResults()
                .getFirst();
    }

    @Test
    void the_page_shows_the_sources_that_are_compiled_here() throws Exception {
        List<String> page = Files.readAllLines(PAGE).stream().map(String::strip).toList();
        for (String file : List.of("Thermostat.java", "Heating.java")) {
            String source = Files.readString(SOURCES.resolve(file));
            String shown = source.substring(source.indexOf("/// A")).strip();
            assertThat(page)
                    .as(file)
                    .containsSubsequence(shown.lines().map(String::strip).toList());
        }
    }
}
