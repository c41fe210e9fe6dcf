// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.usp.EndpointId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void a_second_start_has_the_same_token_and_the_same_devices() throws Exception {
        Rest first;
        EndpointId id = EndpointId.of("proto::stays");
        String device = "/api/v1/devices/" + Rest.segment(id);
        try (TestServer server = TestServer.in(folder)) {
            first = server.rest();
            assertThat(server.readyLine())
                    .matches("ready http=http://localhost:[0-9]+ ws=ws://127\\.0\\.0\\.1:[0-9]+/usp"
                            + " mqtt=off stomp=off cwmp=off uds=off");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("connection.json"))))
                    .isEqualTo("rw-------");
            try (HomeGateway gateway = new HomeGateway(id, server.ws())) {
                await().atMost(PATIENCE)
                        .until(() -> first.get(device).status() == 200
                                && first.get(device)
                                        .json()
                                        .get("status")
                                        .stringValue()
                                        .equals("online"));
                assertThat(gateway.id()).isEqualTo(id);
            }
        }
        try (TestServer server = TestServer.in(folder)) {
            Rest second = server.rest();
            assertThat(second.headers()).isEqualTo(first.headers());
            assertThat(second.get(device).json().get("online").booleanValue()).isFalse();
            assertThat(second.get(device.replace("/devices", "/bbf/v2/agents"))
                            .response()
                            .body())
                    .as("nobody asked for the Broadband Forum's API")
                    .contains("\"status\":404")
                    .doesNotContain("Unknown device");
            assertThat(second.get("/api/openapi.json").response().body()).doesNotContain("/bbf/");
            assertThat(second.get("/api/v1/tokens").json().get("items").size()).isEqualTo(1);
            Files.writeString(folder.resolve("connection.json"), "garbage");
        }
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.rest().get("/api/v1/tokens").json().get("items").size())
                    .isEqualTo(2);
        }
    }

    @Test
    void two_servers_never_share_a_folder() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.folder()).isEqualTo(folder);
            assertThatThrownBy(() -> TestServer.in(folder))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("another Pharos server (process "
                            + ProcessHandle.current().pid() + ")");
            assertThat(server.rest().get("/api/v1/devices").status()).isEqualTo(200);
        }
    }

    @Test
    void a_taken_port_is_an_error_that_names_the_port_and_its_option() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerOptions ws = TestServer.options(folder);
            ws.ws = new Port(taken.getLocalPort());
            assertThatThrownBy(() -> RunningServer.start(ws))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--ws");
            ServerOptions http = TestServer.options(folder);
            http.http = new Port(taken.getLocalPort());
            assertThatThrownBy(() -> RunningServer.start(http))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--http");
        }
    }

    @Test
    void a_plain_listener_that_others_reach_wants_the_word_insecure() {
        ServerOptions open = TestServer.options(folder);
        open.host = "0.0.0.0";
        open.coap = new Port(0);
        assertThatThrownBy(() -> RunningServer.start(open)).isInstanceOfSatisfying(StartException.class, refused -> {
            assertThat(refused.exitStatus()).isEqualTo(2);
            assertThat(refused)
                    .hasMessageContaining("--insecure")
                    .hasMessageContaining("--http")
                    .hasMessageContaining("--coap");
        });
        ServerOptions tls = TestServer.options(folder);
        tls.https = new Port(0);
        assertThatThrownBy(() -> RunningServer.start(tls))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--cert");
        ServerOptions dtls = TestServer.options(folder);
        dtls.coaps = new Port(0);
        assertThatThrownBy(() -> RunningServer.start(dtls))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--coaps needs --cert");
    }

    @Test
    void options_that_would_be_left_aside_without_a_word_are_wrong_usage() {
        ServerOptions broker = TestServer.options(folder);
        broker.mqttBroker = "mqtts://broker.example";
        broker.mqtts = new Port(0);
        broker.cert = folder;
        broker.key = folder;
        assertThatThrownBy(() -> RunningServer.start(broker)).isInstanceOfSatisfying(StartException.class, refused -> {
            assertThat(refused.exitStatus()).isEqualTo(2);
            assertThat(refused).hasMessageContaining("--mqtts").hasMessageContaining("--mqtt-broker mqtts://");
        });
        ServerOptions unheard = TestServer.options(folder);
        unheard.announce = true;
        assertThatThrownBy(() -> RunningServer.start(unheard)).isInstanceOfSatisfying(StartException.class, refused -> {
            assertThat(refused.exitStatus()).isEqualTo(2);
            assertThat(refused).hasMessageContaining("--announce").hasMessageContaining("--host 0.0.0.0");
        });
    }

    @Test
    void a_damaged_data_folder_stops_the_start_with_the_reason() throws Exception {
        TestServer.in(folder).close();
        Files.writeString(folder.resolve("postgres/data/global/pg_control"), "garbage");
        assertThatThrownBy(() -> TestServer.in(folder))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("pg_control");
    }

    @Test
    void while_the_database_is_gone_requests_get_503_and_it_comes_back_by_itself() throws Exception {
        try (TestServer server = TestServer.in(folder)) {
            Rest rest = server.rest();
            assertThat(rest.get("/health/ready").status()).isEqualTo(200);
            long postmaster = Long.parseLong(Files.readAllLines(folder.resolve("postgres/data/postmaster.pid"))
                    .getFirst()
                    .strip());
            // without its files it cannot come back before all of this was seen
            Path data = folder.resolve("postgres/data");
            Path away = folder.resolve("postgres/away");
            Files.move(data, away);
            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
            await().atMost(PATIENCE).until(() -> rest.get("/health/ready").status() == 503);
            Rest.Answer refused = rest.get("/api/v1/devices");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(rest.get("/health/live").status()).isEqualTo(200);
            Files.move(away, data);
            await().atMost(PATIENCE)
                    .until(() -> rest.get("/health/ready").status() == 200
                            && rest.get("/api/v1/devices").status() == 200);
        }
    }

    @Test
    void an_external_database_that_is_not_there_is_an_error() {
        ServerOptions options = TestServer.options(folder);
        options.kept.database = "jdbc:postgresql://127.0.0.1:1/none?connectTimeout=2";
        assertThatThrownBy(() -> RunningServer.start(options))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("database");
        options.kept.database = "mysql://x";
        assertThatThrownBy(() -> RunningServer.start(options))
                .isInstanceOfSatisfying(
                        StartException.class,
                        wrong -> assertThat(wrong.exitStatus()).isEqualTo(2));
    }
}
