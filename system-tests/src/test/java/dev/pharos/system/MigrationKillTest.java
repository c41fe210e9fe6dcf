// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The server is killed, without a chance to tidy up, in each step of a move from TR-069 to USP, and over what waited
/// for a session and is done over USP. It and the device are processes of their own, and the line between them is slow.
@Tag("soak")
class MigrationKillTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration DELAY = Duration.ofMillis(150);
    private static final String ID = "os::0200F0-KILLED";
    private static final String DEVICE = RestApi.device(ID);
    private static final String MIGRATION = DEVICE + "/migration";
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final List<String> FORTH =
            List.of("eligible", "configured", "connected", "verified", "stood-by", "done");

    @TempDir
    Path folder;

    private final List<Integer> ports = new ArrayList<>();

    @BeforeEach
    void the_same_ports_at_each_start() throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            taken.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : taken) {
            socket.close();
        }
    }

    private int http() {
        return ports.get(0);
    }

    private int ws() {
        return ports.get(1);
    }

    private int cwmp() {
        return ports.get(2);
    }

    private RunningServer server() throws IOException {
        return RunningServer.start(
                folder.resolve("server"),
                "--http",
                "" + http(),
                "--ws",
                "" + ws(),
                "--cwmp",
                "" + cwmp(),
                "--mqtt",
                "off",
                "--stomp",
                "off");
    }

    /// It dies, and another one is there with the same folder and ports.
    private RunningServer killed(RunningServer server) throws IOException, InterruptedException {
        server.program().kill();
        server.close();
        return server();
    }

    private JavaProgram gateway(String... way) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("agent", "--endpoint-id", ID, "--device", "simulated"));
        arguments.addAll(List.of("--data", folder.resolve("gateway").toString()));
        arguments.addAll(List.of(way));
        return JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), arguments);
    }

    /// Once it has come over TR-069 and was read whole.
    private JavaProgram gatewayOverTr069(RunningServer server, String host) throws IOException {
        JavaProgram gateway = gateway("--acs", "http://" + host + ":" + cwmp() + "/cwmp");
        await("what the gateway says of its ACS")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() ->
                        !server.rest().value(ID, "Device.ManagementServer.URL").isEmpty());
        return gateway;
    }

    private static List<String> steps(RunningServer server) throws IOException, InterruptedException {
        List<String> steps = new ArrayList<>();
        server.rest()
                .get(MIGRATION)
                .path("steps")
                .forEach(step -> steps.add(step.path("state").asString()));
        return steps;
    }

    private static void hasBeen(RunningServer server, String state) {
        await(state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> steps(server).contains(state));
    }

    private static long live(RunningServer server, String path) throws IOException, InterruptedException {
        return server.rest()
                .post(DEVICE + "/usp/get", "{\"paths\":[\"" + path + "\"]}")
                .findValues("resolvedPath")
                .size();
    }

    /// Ten starts of the server, each of which a device has to find again.
    @Test
    void a_server_that_is_killed_in_each_step_of_a_move_and_of_the_way_back_goes_on_and_makes_nothing_twice()
            throws Exception {
        RunningServer server = server();
        try (SlowLine _ = SlowLine.to(ws(), DELAY);
                SlowLine _ = SlowLine.to(cwmp(), DELAY);
                JavaProgram gateway = gatewayOverTr069(server, SlowLine.HOST)) {
            JsonNode _ = server.rest().post(MIGRATION, "{\"settle\":3}");
            for (String state : FORTH.subList(0, FORTH.size() - 1)) {
                hasBeen(server, state);
                server = killed(server);
            }
            hasBeen(server, "done");
            assertThat(steps(server)).isEqualTo(FORTH);
            server.rest().awaitStatus(ID, "online");
            assertThat(server.rest().get(DEVICE).path("transport").asString()).isEqualTo("websocket");
            assertThat(live(server, "Device.LocalAgent.Controller.*.EndpointID"))
                    .isEqualTo(1);
            assertThat(live(server, "Device.LocalAgent.Controller.*.MTP.*.Protocol"))
                    .isEqualTo(1);
            assertThat(server.rest().value(ID, "Device.ManagementServer.EnableCWMP"))
                    .isEqualTo("false");

            assertThat(server.rest().exchange("DELETE", MIGRATION, "", PATIENCE).statusCode())
                    .isEqualTo(200);
            hasBeen(server, "returning");
            server = killed(server);
            hasBeen(server, "returned");
            assertThat(steps(server)).endsWith("done", "returning", "returned");
            assertThat(server.rest().get(DEVICE).path("transport").asString()).isEqualTo("cwmp");
            assertThat(server.rest()
                            .get(DEVICE + "/twin?path=Device.LocalAgent.Controller.")
                            .path("items"))
                    .isEmpty();
            assertThat(server.rest().get("/devices").path("total").asInt()).isEqualTo(1);
            assertThat(gateway.isAlive()).isTrue();
        } finally {
            server.close();
        }
    }

    /// Of one that waits: a row whose description nobody else has, or a value that the next one replaces.
    private static void ask(RunningServer server, int number) throws IOException, InterruptedException {
        boolean row = number % 4 != 0;
        String body = row
                ? "{\"createObjects\":[{\"objPath\":\"Device.NAT.PortMapping.\",\"paramSettings\":["
                        + setting("Description", name(number)) + "," + setting("ExternalPort", "" + (20_000 + number))
                        + "]}]}"
                : "{\"updateObjects\":[{\"objPath\":\"Device.WiFi.SSID.1.\",\"paramSettings\":["
                        + setting("SSID", name(number)) + "]}]}";
        assertThat(server.rest()
                        .exchange("POST", DEVICE + "/usp/" + (row ? "add" : "set"), body, PATIENCE)
                        .statusCode())
                .isEqualTo(202);
    }

    private static String name(int number) {
        return "errand-" + number;
    }

    private static String setting(String parameter, String value) {
        return "{\"param\":\"" + parameter + "\",\"value\":\"" + value + "\",\"required\":true}";
    }

    private static long told(RunningServer server, String words) throws IOException, InterruptedException {
        return server.rest().events(ID).stream()
                .map(JsonNode::toString)
                .filter(text -> text.contains(words))
                .count();
    }

    @Test
    void a_server_that_is_killed_over_what_waited_does_the_rest_over_usp_and_nothing_twice_and_knows_what_is_open()
            throws Exception {
        int errands = 40;
        int kills = 3;
        Files.createDirectories(folder.resolve("server/kinds"));
        Files.writeString(folder.resolve("server/kinds/forgetful.yaml"), ForgetfulCpe.KIND);
        RunningServer server = server();
        ForgetfulCpe forgetful = new ForgetfulCpe(URI.create("http://127.0.0.1:" + cwmp() + "/cwmp"));
        try {
            JsonNode transfer = forgetful.beginsATransfer(server.rest());
            try (JavaProgram visitor = gatewayOverTr069(server, "127.0.0.1")) {
                visitor.kill();
            }
            for (int number = 1; number <= errands; number++) {
                ask(server, number);
            }
            try (SlowLine _ = SlowLine.to(ws(), DELAY);
                    JavaProgram _ = gateway("--controller", "ws://" + SlowLine.HOST + ":" + ws() + "/usp")) {
                for (int kill = 1; kill <= kills; kill++) {
                    long enough = 7L * kill;
                    RunningServer alive = server;
                    await("done: " + enough)
                            .atMost(PATIENCE)
                            .ignoreExceptionsInstanceOf(IOException.class)
                            .until(() -> told(alive, "done, as asked at ") >= enough);
                    server = killed(server);
                }
                RunningServer last = server;
                await("all has ended")
                        .atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .until(() -> last.rest().value(ID, SSID).equals(name(errands)));
                // the one that ends last is told a moment after it has ended
                await("what is told")
                        .atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .until(() -> told(last, "as asked at ") >= errands - kills);
                long uncertain = told(server, "nobody knows whether it was done");
                assertThat(told(server, "\"not done, as asked at "))
                        .as("nothing was asked twice")
                        .isZero();
                assertThat(uncertain).isLessThanOrEqualTo(kills);
                assertThat(told(server, "\"done, as asked at ") + uncertain)
                        .as("what a kill leaves untold has been done")
                        .isBetween((long) errands - kills, (long) errands);
                List<String> rows = server
                        .rest()
                        .post(DEVICE + "/usp/get", "{\"paths\":[\"Device.NAT.PortMapping.*.Description\"]}")
                        .findValues("Description")
                        .stream()
                        .map(JsonNode::asString)
                        .filter(text -> text.startsWith("errand-"))
                        .toList();
                List<String> wanted = IntStream.rangeClosed(1, errands)
                        .filter(number -> number % 4 != 0)
                        .mapToObj(MigrationKillTest::name)
                        .toList();
                assertThat(rows).doesNotHaveDuplicates().isSubsetOf(wanted);
                assertThat(rows.size()).isGreaterThanOrEqualTo(wanted.size() - (int) uncertain);
                assertThat(server.rest().get("/devices").path("total").asInt()).isEqualTo(2);
                forgetful.endsIt(last.rest(), transfer);
            }
        } finally {
            server.close();
        }
    }
}
