// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.record.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent as it ships: made once, then moved to where it runs.
class AgentImageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Path PACKAGE =
            Path.of("..", "package", "agent").toAbsolutePath().normalize();
    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Path image;

    @BeforeAll
    static void make_it_and_move_it() throws Exception {
        Path made = folder.resolve("made");
        Path cli = Path.of("..", "cli", "target").toAbsolutePath().normalize();
        String jars;
        try (Stream<Path> libraries = Files.list(cli.resolve("lib"))) {
            jars = Stream.concat(Stream.of(cli.resolve("pharos-cli-0.1.0.jar")), libraries.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        }
        try (JavaProgram make = JavaProgram.start(
                List.of(
                        PACKAGE.resolve("make").toString(),
                        System.getProperty("java.home"),
                        jars,
                        folder.resolve("runtime").toString(),
                        made.toString()),
                Map.of())) {
            assertThat(make.awaitExit(PATIENCE)).as(make::output).isZero();
        }
        image = Files.move(made, folder.resolve("moved"));
    }

    private static JavaProgram agent(String... options) throws IOException {
        return JavaProgram.start(
                Stream.concat(Stream.of(image.resolve("bin/pharos-agent").toString()), Stream.of(options))
                        .toList(),
                // the ahead-of-time cache must be used, not be passed over in silence
                Map.of("PHAROS_JAVA_OPTS", "-XX:AOTMode=on"));
    }

    @Test
    void it_runs_where_it_was_moved_to_with_its_settings_file_and_its_ahead_of_time_cache() throws Exception {
        try (WebSocketServerMtp listener =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER))) {
            RecordingReceiver controller = new RecordingReceiver();
            listener.start(controller);
            Path settings = Files.writeString(
                    folder.resolve("agent.properties"),
                    Files.readString(image.resolve("etc/agent.properties"))
                            .replace(":8183/", ":" + listener.port() + "/")
                            .replace(
                                    "/var/lib/pharos-agent",
                                    folder.resolve("data").toString()));
            try (JavaProgram agent = agent("--config", settings.toString())) {
                agent.awaitLine(line -> line.startsWith("agent proto::this-host"), PATIENCE);
                assertThat(RecordCodec.decode(controller
                                        .skipTo(RecordingReceiver.Event.Received.class)
                                        .record())
                                .type())
                        .isInstanceOf(RecordType.WebSocketConnect.class);
                agent.terminate();
                assertThat(agent.awaitExit(PATIENCE)).isEqualTo(143);
            }
        }
    }

    @Test
    void its_runtime_has_what_a_socket_of_this_host_needs() throws Exception {
        Path socket = folder.resolve("controller");
        try (UdsServerMtp listener = new UdsServerMtp(UdsServerConfig.at(socket, CONTROLLER))) {
            RecordingReceiver controller = new RecordingReceiver();
            listener.start(controller);
            try (JavaProgram agent = agent(
                    "--endpoint-id",
                    "proto::this-host",
                    "--controller",
                    "unix:" + socket,
                    "--data",
                    folder.resolve("uds-data").toString())) {
                agent.awaitLine(line -> line.startsWith("agent proto::this-host"), PATIENCE);
                assertThat(RecordCodec.decode(controller
                                        .skipTo(RecordingReceiver.Event.Received.class)
                                        .record())
                                .type())
                        .isInstanceOf(RecordType.UdsConnect.class);
            }
        }
    }

    @Test
    void what_is_wrong_is_said_as_the_command_line_says_it() throws Exception {
        try (JavaProgram unknown = agent("--endpoint-id", "proto::x", "--controler", "ws://127.0.0.1:1/usp")) {
            assertThat(unknown.awaitExit(PATIENCE)).isEqualTo(2);
            assertThat(unknown.err()).last().isEqualTo("See: pharos-agent --help");
        }
        try (JavaProgram scheme = agent("--endpoint-id", "proto::x", "--controller", "http://127.0.0.1:1/usp")) {
            assertThat(scheme.awaitExit(PATIENCE)).isEqualTo(2);
            assertThat(scheme.err().getFirst())
                    .contains("--controller: the controller's address must begin with ws://");
        }
        try (JavaProgram help = agent("--help")) {
            assertThat(help.awaitExit(PATIENCE)).isZero();
            assertThat(help.out().getFirst()).startsWith("Usage: pharos-agent");
        }
    }

    @Test
    void what_the_page_and_the_service_name_is_there() throws IOException {
        for (String file : List.of("bin/pharos-agent", "runtime/bin/java", "etc/agent.properties", "Containerfile")) {
            assertThat(image.resolve(file)).exists();
        }
        assertThat(Files.readString(image.resolve("pharos-agent.service")))
                .contains("ExecStart=/opt/pharos-agent/bin/pharos-agent --config /etc/pharos-agent/agent.properties");
    }
}
