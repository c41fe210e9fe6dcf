// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that listen, and that the server dials.
final class DialTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final EndpointId DEVICE = EndpointId.of("os::0200F0-LISTENS");
    private static final String PATH = "/api/v1/devices/" + Rest.segment(DEVICE);

    @TempDir
    Path folder;

    private static TlsSettings tls(TestAuthority authority, EndpointId endpoint) throws IOException {
        TestAuthority.Files files = authority.issue(SubjectName.of(endpoint), SubjectName.host("127.0.0.1"));
        return TlsSettings.server(files.chain(), files.key()).withTrusted(authority.trusted());
    }

    /// An agent that waits for its controller, with all that ends it.
    private record Listening(SharedTimer timer, WebSocketServerMtp listener, UspAgent agent) implements AutoCloseable {
        static Listening with(TlsSettings tls) throws IOException {
            SharedTimer timer = new SharedTimer();
            WebSocketServerMtp listener = new WebSocketServerMtp(
                    WebSocketServerConfig.at("127.0.0.1", 0, DEVICE).withTls(tls.requiringPeerCertificate()));
            AgentConfig config = AgentConfig.of(
                    DEVICE,
                    new DeviceIdentity("0200F0", "Gateway", "LISTENS"),
                    "1",
                    List.of(ControllerConfig.of(TestServer.id(), ControllerRole.FULL)));
            UspAgent agent = new UspAgent(
                            config,
                            new SimulatedGateway(SimulatedGatewayConfig.of("LISTENS", 1)).elements(),
                            List.of(),
                            AgentRuntime.with(timer))
                    .within(AgentSurroundings.NONE.secured(EndToEnd.NONE).listeningAt(() -> List.of(listener)));
            agent.start();
            return new Listening(timer, listener, agent);
        }

        @Override
        public void close() {
            agent.close();
            timer.close();
        }
    }

    private static void isOnline(Rest rest) {
        await().atMost(PATIENCE)
                .until(() ->
                        rest.get(PATH).json().path("status").stringValue("").equals("online"));
    }

    @Test
    @Requirement("R-WS.6")
    void a_device_that_listens_is_dialled_proves_itself_is_managed_and_dialled_after_the_next_start() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files own = authority.issue(SubjectName.of(TestServer.id()));
        ServerOptions options = TestServer.options(folder.resolve("server"));
        options.ws = Port.OFF;
        options.cert = own.chain();
        options.key = own.key();
        options.ca = authority.trusted();
        try (Listening device = Listening.with(tls(authority, DEVICE))) {
            String url = "{\"url\":\"" + device.listener().description() + "\"}";
            try (TestServer server = TestServer.with(options)) {
                Rest rest = server.rest();
                assertThat(rest.send("PUT", PATH + "/address", url).status()).isEqualTo(200);
                isOnline(rest);
                assertThat(rest.get(PATH).json().get("verified").booleanValue()).isTrue();
                assertThat(rest.post(PATH + "/usp/get", "{\"paths\":[\"Device.DeviceInfo.SerialNumber\"]}")
                                .response()
                                .body())
                        .contains("LISTENS");
            }
            try (TestServer server = TestServer.with(options)) {
                Rest rest = server.rest();
                isOnline(rest);
                assertThat(rest.send("DELETE", PATH + "/address", null).status())
                        .isEqualTo(204);
                await().atMost(PATIENCE)
                        .until(() -> !rest.get(PATH).json().get("online").booleanValue());
                assertThat(rest.get(PATH + "/address").status()).isEqualTo(404);
                assertThat(rest.get("/api/v1/audit").response().body()).contains("\"dial\"", "stop dialling");
            }
        }
    }

    @Test
    void who_answers_with_the_certificate_of_another_is_no_device_and_is_seen() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files own = authority.issue(SubjectName.of(TestServer.id()));
        ServerOptions options = TestServer.options(folder.resolve("server"));
        options.ws = Port.OFF;
        options.cert = own.chain();
        options.key = own.key();
        options.ca = authority.trusted();
        try (Listening other = Listening.with(tls(authority, EndpointId.of("os::0200F0-OTHER")));
                TestServer server = TestServer.with(options)) {
            Rest rest = server.rest();
            String url = other.listener().description();
            rest.send("PUT", PATH + "/address", "{\"url\":\"" + url + "\"}");
            await().atMost(PATIENCE)
                    .until(() -> rest.get("/api/v1/refused")
                            .response()
                            .body()
                            .contains("belongs to os::0200F0-OTHER, and " + DEVICE + " is wanted"));
            assertThat(rest.get(PATH).json().get("online").booleanValue()).isFalse();
            for (String wrong : List.of("", "ws://192.0.2.1/usp", "http://x/", "wss://", "::", "wss://h/#x")) {
                assertThat(rest.send("PUT", PATH + "/address", "{\"url\":\"" + wrong + "\"}")
                                .status())
                        .as(wrong)
                        .isEqualTo(400);
            }
            assertThat(rest.get(PATH + "/address").json().get("url").stringValue())
                    .isEqualTo(url);
        }
    }
}
