// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device moves from TR-069 to USP and back, with the server and the device in processes of their own.
class MigrationWalkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ID = "os::0200F0-MOVES";
    private static final String MIGRATION = RestApi.device(ID) + "/migration";
    private static final String CAMPAIGN = "/campaigns/1";

    @TempDir
    Path folder;

    private final List<String> options = new ArrayList<>();

    /// The same at each start, since that is where the device looks for it.
    private void ports(String... listeners) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        for (String option : listeners) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            taken.add(socket);
            options.addAll(List.of(option, Integer.toString(socket.getLocalPort())));
        }
        for (ServerSocket socket : taken) {
            socket.close();
        }
    }

    private RunningServer server() throws IOException {
        return RunningServer.start(folder.resolve("server"), options.toArray(String[]::new));
    }

    private JavaProgram gateway(RunningServer server, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("agent", "--acs", acs(server), "--endpoint-id", ID));
        arguments.addAll(List.of(
                "--device", "simulated", "--data", folder.resolve("gateway").toString()));
        arguments.addAll(List.of(more));
        return JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), arguments);
    }

    private static String acs(RunningServer server) {
        return server.address("cwmp").replace("0.0.0.0", "127.0.0.1");
    }

    private static void is(RunningServer server, String state) {
        await(state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() ->
                        server.rest().get(MIGRATION).get("state").stringValue().equals(state));
    }

    /// It is online as soon as it comes, and read then.
    private static void isRead(RunningServer server) {
        await("what it says of its ACS")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() ->
                        !server.rest().value(ID, "Device.ManagementServer.URL").isEmpty());
    }

    private static String transport(RunningServer server) throws IOException, InterruptedException {
        return server.rest().get(RestApi.device(ID)).get("transport").stringValue();
    }

    /// Brokers of a server that others can reach let nobody in without a login, from this host neither.
    @Test
    @Tag("soak")
    void
            a_device_moves_although_the_server_is_killed_on_the_way_and_comes_back_and_moves_over_brokers_that_want_a_login()
                    throws Exception {
        ports("--http", "--ws", "--mqtt", "--stomp", "--cwmp");
        options.addAll(List.of("--host", "0.0.0.0", "--insecure"));
        RunningServer first = server();
        try (JavaProgram gateway = gateway(first)) {
            first.rest().awaitStatus(ID, "online");
            isRead(first);
            assertThat(first.pharos("migrate", ID, "--settle", "2").status()).isZero();
            is(first, "stood-by");
            first.program().kill();
            first.close();
            try (RunningServer second = server()) {
                is(second, "done");
                assertThat(second.rest().value(ID, "Device.ManagementServer.EnableCWMP"))
                        .isEqualTo("false");
                assertThat(transport(second)).isEqualTo("websocket");
                assertThat(isVerified(second)).isFalse();
                isBack(second);
                for (String broker : List.of("mqtt", "stomp")) {
                    RunningServer.Answer again =
                            second.pharos("migrate", ID, "--to", broker, "--keep-cwmp", "--settle", "0", "--wait");
                    assertThat(again.status()).as(again.toString()).isZero();
                    assertThat(transport(second)).isEqualTo(broker);
                    assertThat(isVerified(second)).as("by its login").isTrue();
                    isBack(second);
                }
                RunningServer.Answer counts = second.pharos("migrate");
                assertThat(counts.out()).anyMatch(line -> line.matches("returned +1"));
                assertThat(second.pharos("migrate", "os::0200F0-NOBODY").status())
                        .isEqualTo(1);
            }
            assertThat(gateway.isAlive()).isTrue();
        } finally {
            first.close();
        }
    }

    private static void isBack(RunningServer server) throws IOException, InterruptedException {
        RunningServer.Answer back = server.pharos("migrate", ID, "--back", "--wait");
        assertThat(back.status()).as(back.toString()).isZero();
        assertThat(back.out()).anyMatch(line -> line.contains("returned "));
        assertThat(transport(server)).isEqualTo("cwmp");
        assertThat(isVerified(server)).isFalse();
    }

    @Test
    void a_campaign_moves_a_device_although_the_server_is_killed_on_the_way_and_brings_it_back() throws Exception {
        ports("--http", "--ws", "--cwmp");
        options.addAll(List.of("--mqtt", "off", "--stomp", "off"));
        RunningServer first = server();
        try (JavaProgram gateway = gateway(first)) {
            first.rest().awaitStatus(ID, "online");
            isRead(first);
            RunningServer.Answer made = first.pharos(
                    "campaign",
                    "create",
                    "--name",
                    "across",
                    "--query",
                    "transport = cwmp",
                    "--migrate",
                    "--settle",
                    "2",
                    "--waves",
                    "rest",
                    "--no-approval");
            assertThat(made.status()).as(made.toString()).isZero();
            assertThat(first.pharos("campaign", "start", "1").status()).isZero();
            is(first, "stood-by");
            first.program().kill();
            first.close();
            try (RunningServer second = server()) {
                stands(second, "done");
                assertThat(transport(second)).isEqualTo("websocket");
                assertThat(second.rest().get(CAMPAIGN + "/funnel").get("steps").toString())
                        .contains("{\"step\":\"done\",\"reached\":1,\"here\":1}");
                RunningServer.Answer back = second.pharos("campaign", "rollback", "1");
                assertThat(back.status()).as(back.toString()).isZero();
                stands(second, "rolled-back");
                assertThat(transport(second)).isEqualTo("cwmp");
                RunningServer.Answer funnel = second.pharos("campaign", "funnel", "1");
                assertThat(funnel.out()).anyMatch(line -> line.matches("returned +1"));
                assertThat(funnel.out()).anyMatch(line -> line.contains("1 returned: called-back"));
            }
            assertThat(gateway.isAlive()).isTrue();
        } finally {
            first.close();
        }
    }

    private static void stands(RunningServer server, String state) {
        await("a campaign that is " + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() ->
                        server.rest().get(CAMPAIGN).get("state").stringValue().equals(state));
    }

    @Test
    @Tag("soak")
    void a_device_with_a_certificate_is_proven_over_usp_and_comes_back_to_tr_069_without() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files own =
                authority.issue(SubjectName.of(EndpointId.of("self::pharos")), SubjectName.host("127.0.0.1"));
        TestAuthority.Files device = authority.issue(SubjectName.of(EndpointId.of(ID)));
        String trusted = authority.trusted().toString();
        options.addAll(List.of("--http", "0", "--ws", "off", "--wss", "0", "--mqtt", "off", "--stomp", "off"));
        options.addAll(List.of("--cwmp", "0"));
        options.addAll(
                List.of("--cert", own.chain().toString(), "--key", own.key().toString(), "--ca", trusted));
        try (RunningServer server = server();
                JavaProgram gateway = gateway(
                        server,
                        "--cert",
                        device.chain().toString(),
                        "--key",
                        device.key().toString(),
                        "--ca",
                        trusted)) {
            server.rest().awaitStatus(ID, "online");
            isRead(server);
            RunningServer.Answer moved = server.pharos("migrate", ID, "--settle", "0", "--wait");
            assertThat(moved.status()).as(moved.toString()).isZero();
            assertThat(isVerified(server)).isTrue();
            RunningServer.Answer back = server.pharos("migrate", ID, "--back", "--wait");
            assertThat(back.status()).as(back.toString()).isZero();
            assertThat(isVerified(server)).isFalse();
            assertThat(transport(server)).isEqualTo("cwmp");
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    /// One that trusts nobody of its own, as the runtime does not know our authority.
    @Test
    @Tag("soak")
    void a_device_that_does_not_trust_the_server_is_told_whom_to_trust_and_that_is_taken_back() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files own =
                authority.issue(SubjectName.of(EndpointId.of("self::pharos")), SubjectName.host("127.0.0.1"));
        options.addAll(List.of("--http", "0", "--ws", "off", "--wss", "0", "--mqtt", "off", "--mqtts", "0"));
        options.addAll(List.of("--stomp", "off", "--stomps", "0", "--cwmp", "0"));
        options.addAll(
                List.of("--cert", own.chain().toString(), "--key", own.key().toString()));
        options.addAll(List.of("--ca", authority.trusted().toString()));
        String credentials = "Device.LocalAgent.ControllerTrust.Credential.";
        try (RunningServer server = server();
                JavaProgram gateway = gateway(server)) {
            server.rest().awaitStatus(ID, "online");
            isRead(server);
            for (String transport : List.of("ws", "mqtt", "stomp")) {
                RunningServer.Answer moved =
                        server.pharos("migrate", ID, "--to", transport, "--settle", "0", "--keep-cwmp", "--wait");
                assertThat(moved.status()).as(moved.toString()).isZero();
                assertThat(moved.out()).anyMatch(line -> line.contains("the certificate that vouches for it"));
                assertThat(server.rest().value(ID, credentials + "*.AllowedUses"))
                        .as(transport)
                        .isEqualTo("MTP-and-USP");
                isBack(server);
                assertThat(server.rest()
                                .get(RestApi.device(ID) + "/twin?path=" + credentials)
                                .get("items"))
                        .as(transport)
                        .isEmpty();
            }
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    private static boolean isVerified(RunningServer server) throws IOException, InterruptedException {
        return server.rest().get(RestApi.device(ID)).get("verified").booleanValue();
    }
}
