// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.testkit.ubus.UbusDaemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A stranger's first quarter of an hour: the server, agents on each transport, and every command, in
/// processes of their own.
class EndToEndTest {
    private static final String CALL_NAME = "Device.ManagementServer.ConnectionRequestUsername";
    private static final String FILES = "os::0200F0-TR069FILES";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static RunningServer server;

    @BeforeAll
    static void start_a_server() throws IOException {
        String socket = folder.resolve("usp").toString();
        server = RunningServer.start(
                folder.resolve("server"),
                "--http",
                "0",
                "--ws",
                "0",
                "--mqtt",
                "0",
                "--stomp",
                "0",
                "--cwmp",
                "0",
                "--uds",
                socket);
    }

    @AfterAll
    static void stop_it() {
        server.close();
    }

    private static void awaitOnline(String id) throws IOException {
        server.rest().awaitStatus(id, "online");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "mqtt", "stomp", "uds"})
    void this_host_is_managed_over(String transport) throws Exception {
        String id = "proto::this-host-" + transport;
        try (JavaProgram agent = server.agent(
                id, server.address(transport), folder.resolve("agent-" + transport), "--device", "linux")) {
            awaitOnline(id);
            assertThat(server.pharosProgram("devices", "online:true").out())
                    .anyMatch(line -> line.startsWith(id + " ") && line.contains(" online"));
            RunningServer.Answer total =
                    server.pharosProgram("get", id, "Device.DeviceInfo.MemoryStatus.Total", "--value");
            String kibibytes = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .findFirst()
                    .orElseThrow();
            assertThat(total.out()).containsExactly(kibibytes);
            assertThat(agent.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "mqtt", "stomp", "uds"})
    void a_set_is_told_to_the_watcher_over(String transport) throws Exception {
        String id = "proto::gateway-" + transport;
        try (JavaProgram agent = server.agent(
                        id,
                        server.address(transport),
                        folder.resolve("gateway-" + transport),
                        "--device",
                        "simulated");
                JavaProgram watch = server.command("watch", id)) {
            server.rest().awaitOnboarded(id);
            watch.awaitErrorLine(line -> line.startsWith("watching "), PATIENCE);
            RunningServer.Answer set = server.pharos("set", id, "Device.WiFi.SSID.1.SSID=Net-" + transport);
            assertThat(set.err()).isEmpty();
            assertThat(set.out()).containsExactly("Device.WiFi.SSID.1.SSID=Net-" + transport);
            watch.awaitLine(line -> line.contains("ValueChange") && line.contains("Net-" + transport), PATIENCE);
            assertThat(server.pharos("get", id, "Device.WiFi.SSID.1.SSID", "--value")
                            .out())
                    .containsExactly("Net-" + transport);
            assertThat(agent.isAlive()).isTrue();
        }
    }

    @Test
    void a_gateway_that_speaks_tr_069_alone_is_read_at_once_and_written_in_its_next_session() throws Exception {
        String id = "os::0200F0-TR069";
        String name = "Device.WiFi.SSID.1.SSID";
        List<String> agent = new ArrayList<>(List.of("agent", "--acs", server.address("cwmp"), "--endpoint-id", id));
        agent.addAll(List.of(
                "--device", "simulated", "--data", folder.resolve("tr-069").toString()));
        List<String> mute = new ArrayList<>(agent);
        mute.addAll(List.of("--acs-listen", "off"));
        try (JavaProgram gateway = JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), mute)) {
            gateway.awaitErrorLine(line -> line.startsWith("in contact with the ACS at "), PATIENCE);
            awaitOnline(id);
            RunningServer.Answer known = server.pharos("get", id, "Device.DeviceInfo.SerialNumber", "--value");
            assertThat(known.out()).containsExactly("TR069");
            assertThat(known.err()).anyMatch(line -> line.contains("managed over TR-069"));
            RunningServer.Answer set = server.pharos("set", id, name + "=Next time");
            assertThat(set.out()).isEmpty();
            assertThat(set.err()).anyMatch(line -> line.contains("waits for its next session"));
        }
        JsonNode login = server.rest().post("/devices/os%3A%3A0200F0-TR069/cwmp-login", "{}");
        Path password = Files.writeString(
                folder.resolve("tr-069-password"), login.get("password").stringValue());
        agent.addAll(List.of("--acs-username", login.get("username").stringValue()));
        agent.addAll(List.of("--acs-password-file", password.toString()));
        try (JavaProgram gateway = JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), agent)) {
            gateway.awaitErrorLine(line -> line.startsWith("in contact with the ACS at "), PATIENCE);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> server.pharos("get", id, name, "--value").out().equals(List.of("Next time")));
            assertThat(server.rest()
                            .get("/devices/os%3A%3A0200F0-TR069")
                            .get("verified")
                            .booleanValue())
                    .isTrue();
            // it can be called now, once it has learnt our login
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> server.pharos("get", id, CALL_NAME, "--value")
                            .out()
                            .toString()
                            .startsWith("[pharos-"));
            RunningServer.Answer called = server.pharos("set", id, name + "=Called");
            assertThat(called.out()).containsExactly(name + "=Called");
            RunningServer.Answer refused = server.pharos("set", id, "Device.DeviceInfo.SerialNumber=1");
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).anyMatch(line -> line.contains("7013"));
        }
    }

    private static JsonNode asked(RestApi rest, String order) throws Exception {
        String place = RestApi.device(FILES) + "/files/requests";
        String request = place + "/" + rest.post(place, order).get("id").asLong();
        await(order)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !rest.get(request).get("state").asString().equals("running"));
        return rest.get(request);
    }

    private static String fault(JsonNode request) {
        assertThat(request.get("state").asString()).as(request.toString()).isEqualTo("failed");
        return request.get("fault").asString();
    }

    /// The number of the file that came of it, or was taken.
    private static long done(JsonNode request) {
        assertThat(request.get("state").asString())
                .as(request.get("fault").asString())
                .isEqualTo("complete");
        return request.get("file").asLong();
    }

    private static String content(RestApi rest, long file) throws Exception {
        return rest.exchange("GET", RestApi.device(FILES) + "/files/" + file, "", PATIENCE)
                .body();
    }

    @Test
    void a_gateway_that_speaks_tr_069_alone_gives_its_files_and_takes_one_back_and_says_why_it_does_not()
            throws Exception {
        Path config = Files.writeString(folder.resolve("service.conf"), "name = first\n");
        Path log = Files.writeString(folder.resolve("service.log"), "it began\n");
        try (JavaProgram device = JavaProgram.start(
                "dev.pharos.cli.Pharos",
                Map.of(),
                List.of(
                        "agent",
                        "--acs",
                        server.address("cwmp"),
                        "--endpoint-id",
                        FILES,
                        "--device",
                        "linux",
                        "--vendor-config",
                        config.toString(),
                        "--vendor-log",
                        log.toString(),
                        "--data",
                        folder.resolve("tr-069-files").toString()))) {
            RestApi rest = server.rest();
            rest.awaitStatus(FILES, "online");
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> rest.value(FILES, CALL_NAME).startsWith("pharos-"));

            long backup = done(asked(rest, "{\"action\":\"backup\"}"));
            assertThat(content(rest, backup)).isEqualTo("name = first\n");
            RunningServer.Answer command = server.pharos("files", FILES, "log");
            assertThat(command.status()).as(command.err().toString()).isZero();
            assertThat(command.out()).singleElement().asString().contains("service.log is kept as file");

            Files.writeString(config, "name = second\n");
            String restore = "{\"action\":\"restore\",\"file\":" + backup + "}";
            assertThat(done(asked(rest, restore))).isEqualTo(backup);
            assertThat(config).hasContent("name = first\n");

            Files.write(config, new byte[(4 << 20) + 1]);
            assertThat(fault(asked(rest, "{\"action\":\"backup\"}"))).contains("9011", "larger");
            assertThat(fault(asked(rest, "{\"action\":\"log\",\"number\":7}"))).contains("9003", "no such file");
            assertThat(device.isAlive()).isTrue();
        }
    }

    @Test
    void a_name_that_is_set_ends_in_the_configuration_of_the_gateway_and_at_its_daemon() throws Exception {
        String id = "proto::prpl-gateway";
        Path config = Files.createDirectories(folder.resolve("config"));
        Path wireless = Files.writeString(config.resolve("wireless"), """
                config wifi-device 'radio0'
                \toption band '5g'

                config wifi-iface # made by hand
                \toption device 'radio0'
                \toption mode 'ap'
                \toption ssid 'OpenWrt'
                """);
        try (UbusDaemon bus = UbusDaemon.at(folder.resolve("ubus.sock"));
                UbusClient netifd = UbusClient.open(UbusConfig.at(bus.socket()))) {
            netifd.serve(new UbusObject("network", Map.of("reload", UbusMethod.of(call -> List.of()))));
            String[] options = {
                "--device",
                "prplos",
                "--uci",
                config.toString(),
                "--ubus",
                bus.socket().toString()
            };
            try (JavaProgram agent = server.agent(id, server.address("ws"), folder.resolve("prpl-gateway"), options)) {
                awaitOnline(id);
                // netifd knows networks by their sections' names, and is told of the one that this section was given
                await().untilAsserted(() -> assertThat(bus.invoked()).containsExactly("network reload"));
                RunningServer.Answer set = server.pharos("set", id, "Device.WiFi.SSID.1.SSID=MyNetwork");

                assertThat(set.err()).isEmpty();
                assertThat(Files.readString(wireless)).contains("# made by hand", "option ssid 'MyNetwork'");
                assertThat(bus.invoked()).containsExactly("network reload", "network reload");
                assertThat(server.pharos("get", id, "Device.WiFi.SSID.1.SSID", "--value")
                                .out())
                        .containsExactly("MyNetwork");
                assertThat(agent.isAlive()).isTrue();
            }
        }
    }

    @Test
    void rows_come_and_go_and_commands_run() throws Exception {
        String id = "proto::gateway-rows";
        try (JavaProgram agent =
                server.agent(id, server.address("ws"), folder.resolve("gateway-rows"), "--device", "simulated")) {
            awaitOnline(id);
            RunningServer.Answer added = server.pharos("add", id, "Device.NAT.PortMapping.", "Description=door");
            assertThat(added.status()).as(added.err().toString()).isZero();
            String row = added.out().getFirst();
            assertThat(row).matches("Device\\.NAT\\.PortMapping\\.\\d+\\.");
            assertThat(server.pharos("get", id, row + "Description", "--value").out())
                    .containsExactly("door");
            assertThat(server.pharos("delete", id, row).out()).containsExactly(row);
            RunningServer.Answer gone = server.pharos("get", id, row);
            assertThat(gone.status()).isEqualTo(1);
            assertThat(gone.err()).singleElement().asString().startsWith("7026 ");
            assertThat(server.pharos("instances", id, "Device.WiFi.SSID.").out())
                    .isNotEmpty();
            assertThat(server.pharos("schema", id, "Device.WiFi.SSID.").out().getFirst())
                    .startsWith("Device.WiFi.SSID.{i}.");
            assertThat(server.pharos("protocols", id).out().getFirst()).contains("1.4");
            assertThat(agent.isAlive()).isTrue();
        }
    }

    @Test
    void wrong_usage_and_unknown_devices_have_their_exit_status() throws Exception {
        assertThat(server.pharosProgram("get").status()).isEqualTo(2);
        assertThat(server.pharosProgram("set", "proto::x", "nonsense").status()).isEqualTo(2);
        RunningServer.Answer unknown = server.pharosProgram("get", "proto::nobody", "Device.");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).singleElement().asString().contains("proto::nobody");
    }

    @Test
    void the_wire_is_seen_from_a_terminal_until_it_is_stopped() throws Exception {
        String id = "proto::gateway-wire";
        try (JavaProgram wire = server.command("wire", id, "--message", "Get", "--message", "GetResponse");
                JavaProgram agent = server.agent(
                        id, server.address("ws"), folder.resolve("gateway-wire"), "--device", "simulated")) {
            awaitOnline(id);
            server.pharos("get", id, "Device.WiFi.SSID.1.SSID");
            wire.awaitLine(
                    line -> line.contains("->  " + id) && line.contains("Get Device.WiFi.SSID.1.SSID"), PATIENCE);
            wire.awaitLine(line -> line.contains("<-  " + id) && line.contains("GetResponse"), PATIENCE);
            assertThat(wire.out()).noneMatch(line -> line.contains("Notify"));
            assertThat(agent.isAlive()).isTrue();
            wire.terminate();
            assertThat(wire.awaitExit(Duration.ofSeconds(30))).isEqualTo(128 + 15);
            assertThat(wire.err()).isEmpty();
        }
    }

    @Test
    void who_was_refused_is_listed_with_the_reason_also_as_json() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "guessed-wrong");
        try (JavaProgram intruder = server.agent(
                "proto::intruder",
                server.address("mqtt"),
                folder.resolve("intruder"),
                "--username",
                "intruder",
                "--password-file",
                password.toString())) {
            String reason = "refused: unknown user or wrong password: intruder";
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> server.pharos("wire", "--refused", "--once").out().stream()
                            .anyMatch(line -> line.contains(reason)));
            RunningServer.Answer documents = server.pharos("wire", "--refused", "--once", "--json");
            assertThat(documents.status()).isZero();
            assertThat(documents.out())
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
                    .anyMatch(line -> line.contains("wrong password: intruder"))
                    .noneMatch(line -> line.contains("guessed-wrong"));
            assertThat(intruder.isAlive()).isTrue();
        }
    }

    @Test
    void wire_says_how_it_is_used() throws Exception {
        RunningServer.Answer help = server.pharosProgram("wire", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).anyMatch(line -> line.contains("pharos wire --refused"));
        RunningServer.Answer sideways = server.pharosProgram("wire", "--direction", "sideways");
        assertThat(sideways.status()).isEqualTo(2);
        assertThat(sideways.out()).isEmpty();
        assertThat(sideways.err().toString()).contains("--direction", "--help");
        RunningServer.Answer nobody = server.pharosProgram("wire", "nonsense", "--once");
        assertThat(nobody.status()).isEqualTo(1);
        assertThat(nobody.err()).singleElement().asString().contains("nonsense");
    }

    @Test
    void a_second_server_on_the_same_data_is_refused_in_words() throws Exception {
        try (JavaProgram second = JavaProgram.start(
                "dev.pharos.server.PharosServer",
                java.util.Map.of(),
                List.of(
                        "--data",
                        server.data().toString(),
                        "--http",
                        "0",
                        "--ws",
                        "0",
                        "--mqtt",
                        "0",
                        "--stomp",
                        "0",
                        "--cwmp",
                        "0"))) {
            assertThat(second.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(second.err().toString()).contains(server.data().toString());
        }
    }

    @Test
    void a_taken_port_is_named_with_its_option() throws Exception {
        String port = server.address("ws").replaceAll(".*:(\\d+)/.*", "$1");
        try (JavaProgram second = JavaProgram.start(
                "dev.pharos.server.PharosServer",
                java.util.Map.of(),
                List.of(
                        "--data",
                        RunningServer.folderWithDatabase(folder.resolve("other"))
                                .toString(),
                        "--http",
                        "0",
                        "--ws",
                        port,
                        "--mqtt",
                        "0",
                        "--stomp",
                        "0",
                        "--cwmp",
                        "0"))) {
            assertThat(second.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(second.err().toString()).contains(port).contains("--ws");
        }
    }

    @Test
    void a_taken_port_is_said_in_a_sentence_and_not_in_a_stack_trace() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                JavaProgram second = JavaProgram.start(
                        "dev.pharos.server.PharosServer",
                        Map.of(),
                        List.of(
                                "--data",
                                        RunningServer.folderWithDatabase(folder.resolve("second"))
                                                .toString(),
                                "--http", "0",
                                "--ws", "0",
                                "--mqtt", "off",
                                "--cwmp", "off",
                                "--stomp", Integer.toString(taken.getLocalPort())))) {
            assertThat(second.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(second.err()).anyMatch(line -> line.contains("Choose another port with --stomp"));
            assertThat(second.output()).doesNotContain("\tat ");
        }
    }
}
