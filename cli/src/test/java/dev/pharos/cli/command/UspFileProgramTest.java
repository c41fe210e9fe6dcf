// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.ubus.UbusDaemon;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `pharos agent --device prplos` as a gateway starts it: all it is told stands in its configuration.
class UspFileProgramTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");

    /// A loaded machine may take long to start a program.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder = Path.of("");

    private Path config = Path.of("");

    @BeforeEach
    void configure() throws IOException {
        config = Files.createDirectory(folder.resolve("config"));
        Files.writeString(config.resolve("wireless"), "config wifi-device 'radio0'\n\toption channel '6'\n");
    }

    private Process agent(String program, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.pharos.cli." + program));
        if (program.equals("Pharos")) {
            command.add("agent");
        }
        command.addAll(List.of("--device", "prplos", "--uci", config.toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors().toFile());
        builder.environment().put("PHAROS_DATA", folder.resolve("data").toString());
        return builder.start();
    }

    private Path errors() {
        return folder.resolve("errors");
    }

    private void usp(int port, String more) throws IOException {
        Files.writeString(
                config.resolve("usp"),
                "config usp\n\toption controller_url 'ws://127.0.0.1:" + port
                        + "'\n\toption endpoint_id 'prplos::router1'\n" + "\toption mtp 'websocket'\n" + more,
                StandardCharsets.UTF_8);
    }

    private String refused(Process agent) throws Exception {
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isEqualTo(2);
        return Files.readString(errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pharos", "PharosAgent"})
    void it_connects_under_the_name_that_stands_there_and_warns_of_it(String program) throws Exception {
        RecordingReceiver receiver = new RecordingReceiver();
        try (WebSocketServerMtp listener =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER))) {
            listener.start(receiver);
            usp(listener.port(), "\toption colour 'blue'\n");
            Process agent = agent(program);
            try {
                assertThat(receiver.next(RecordingReceiver.Event.Connected.class)
                                .connection()
                                .peer()
                                .endpointId())
                        .contains(EndpointId.of("prplos::router1"));
            } finally {
                agent.destroy();
                assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(errors())
                    .content()
                    .contains("'prplos', and strict peers may refuse it", "os::<OUI>-<serial>", "line 5: ", "colour");
        }
    }

    @Test
    void its_status_on_ubus_warns_of_the_name_too_and_an_edit_counts_once_it_is_reloaded() throws Exception {
        usp(9, "");
        Path socket = folder.resolve("ubus.sock");
        try (UbusDaemon bus = UbusDaemon.at(socket);
                UbusClient script = UbusClient.open(UbusConfig.at(bus.socket()))) {
            Process agent = agent("PharosAgent", "--ubus", socket.toString());
            try {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> script.lookup("usp", PATIENCE).size() == 1);
                UbusTable status = script.invoke("usp", "status", UbusTable.EMPTY, PATIENCE)
                        .getFirst();
                assertThat(status.text("endpoint")).contains("prplos::router1");
                assertThat(status.text("warning").orElseThrow()).contains("may refuse it", "os::<OUI>-<serial>");
                usp(9, """
                        \toption ca '/etc/ca.pem'
                        config controller
                        \toption endpoint_id 'self::two'
                        \tlist url 'wss://two/usp'
                        \toption role 'King'
                        config controller
                        \toption endpoint_id 'self::three'
                        """);
                UbusTable reloaded = script.invoke("usp", "reload", UbusTable.EMPTY, PATIENCE)
                        .getFirst();
                assertThat(reloaded.number("changed")).hasValue(1);
                assertThat(reloaded.array("restart")).containsExactly(new UbusValue.Text("ca"));
                assertThat(reloaded.array("warnings"))
                        .singleElement()
                        .satisfies(warning ->
                                assertThat(((UbusValue.Text) warning).text()).contains("line 6: ", "King"));
                assertThat(script.invoke("usp", "status", UbusTable.EMPTY, PATIENCE)
                                .getFirst()
                                .array("controllers"))
                        .hasSize(2);
            } finally {
                agent.destroy();
                assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void with_strict_it_does_not_go_under_a_name_that_is_none() throws Exception {
        usp(9, "\toption strict '1'\n");
        assertThat(refused(agent("PharosAgent"))).contains("os::<OUI>-<serial>", config.resolve("usp") + " counts too");
    }

    @Test
    void a_half_written_file_is_an_error_with_its_line() throws Exception {
        usp(9, "\toption enable_tls '0");
        assertThat(refused(agent("PharosAgent"))).contains(config.resolve("usp") + ": ", "line 5, column");
    }

    @Test
    void without_the_file_it_says_what_is_missing_and_where_it_can_stand() throws Exception {
        assertThat(refused(agent("PharosAgent")))
                .contains("--endpoint-id ID is missing", config.resolve("usp") + " could say it too");
    }
}
