// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Real gateways that fetch images of the repository, restart, and run them.
final class FirmwareUpgradeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    /// An agent that leaves and comes back when its gateway restarts.
    private static final class Gateway implements AutoCloseable {
        private final EndpointId id;
        private final URI server;
        private final SharedTimer timer = new SharedTimer();
        private final SimulatedGateway gateway;
        private final Path data;
        private UspAgent agent;

        Gateway(EndpointId id, URI server, Path data) throws IOException {
            this.id = id;
            this.server = server;
            this.data = data;
            this.gateway = new SimulatedGateway(SimulatedGatewayConfig.of(id.instanceId(), 1));
            gateway.onRestartWanted(this::restart);
            this.agent = start();
        }

        private UspAgent start() throws IOException {
            UspAgent fresh = new UspAgent(
                    AgentConfig.of(
                                    id,
                                    new DeviceIdentity("0200F0", "SimulatedGateway", id.instanceId()),
                                    gateway.softwareVersion(),
                                    List.of(ControllerConfig.of(TestServer.id(), ControllerRole.FULL)))
                            .withDataDirectory(data),
                    gateway.elements(),
                    List.of(new AgentMtpBinding(
                            new WebSocketClientMtp(WebSocketClientConfig.to(server, id)), TestServer.id())),
                    AgentRuntime.with(timer));
            fresh.start();
            return fresh;
        }

        private synchronized void restart() {
            agent.close();
            gateway.reboot();
            try {
                agent = start();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public synchronized void close() {
            agent.close();
            timer.close();
        }
    }

    private static long upload(Rest rest, String query) throws IOException, InterruptedException {
        byte[] bytes = new byte[1_500_000];
        new Random(query.hashCode()).nextBytes(bytes);
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(rest.url() + "/api/v1/firmware?" + query))
                        .header("Authorization", String.valueOf(rest.headers().get("Authorization")))
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Answer answer = new Answer(response.statusCode(), response);
        assertThat(answer.status()).as(response.body()).isEqualTo(200);
        return answer.json().get("id").asLong();
    }

    private static long job(Rest rest, String audience, long image) {
        Answer made = rest.post("/api/v1/jobs", "{" + audience + ",\"firmware\":" + image + "}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        return made.json().get("id").asLong();
    }

    private static JsonNode target(Rest rest, long job) {
        return rest.get("/api/v1/jobs/" + job + "/targets").json().get("items").path(0);
    }

    private static void isOnboarded(Rest rest, EndpointId id) {
        await().atMost(PATIENCE)
                .until(() -> rest.get("/api/v1/devices/" + Rest.segment(id) + "/events")
                        .response()
                        .body()
                        .contains("onboarded"));
    }

    private static JsonNode ended(Rest rest, long job) {
        await().atMost(PATIENCE)
                .until(() -> List.of("done", "failed", "uncertain", "cancelled")
                        .contains(target(rest, job).path("state").asString("")));
        return target(rest, job);
    }

    @Test
    void a_device_fetches_an_image_restarts_and_its_version_is_read_back() throws Exception {
        EndpointId id = EndpointId.of("os::0200F0-UPGRADE");
        try (TestServer server = TestServer.in(folder.resolve("server"));
                Gateway gateway = new Gateway(id, server.ws(), folder.resolve("agent"))) {
            assertThat(gateway).isNotNull();
            Rest rest = server.rest();
            isOnboarded(rest, id);
            String devices = "\"devices\":[\"" + id + "\"]";
            long image = upload(rest, "name=gw&version=2.0.0&fileName=gw.img");
            JsonNode first = ended(rest, job(rest, devices, image));
            assertThat(first.path("state").asString("")).as(first.toString()).isEqualTo("done");
            assertThat(first.path("detail").asString("")).isEqualTo("2.0.0 runs, in place of 1.0.0");
            String events = rest.get("/api/v1/devices/" + Rest.segment(id) + "/events?limit=500")
                    .response()
                    .body();
            assertThat(events).contains("is told to fetch gw 2.0.0", "the device runs 2.0.0");
            await().atMost(PATIENCE)
                    .until(() -> rest.get("/api/v1/devices/" + Rest.segment(id) + "/events?limit=500")
                            .response()
                            .body()
                            .contains("TransferComplete!"));
            assertThat(rest.get("/api/v1/devices/" + Rest.segment(id) + "/events?limit=500")
                            .response()
                            .body())
                    .as("the token of the link is nowhere")
                    .contains("token=******");
            // what it runs already is not fetched again
            assertThat(ended(rest, job(rest, devices, image)).path("detail").asString(""))
                    .isEqualTo("it runs 2.0.0 already");
            // such a gateway reads only numbers and dots as a version
            long lie = upload(rest, "name=lie&version=5.0.0.b7&fileName=lie.img");
            JsonNode another = ended(rest, job(rest, devices, lie));
            assertThat(another.path("state").asString("")).isEqualTo("failed");
            assertThat(another.path("detail").asString("")).isEqualTo("it has restarted and runs 5.0.0, not 5.0.0.b7");
            long others = upload(rest, "name=other&version=3.0&fileName=o-3.0.img&devices=model%3DNothing");
            JsonNode refused = ended(rest, job(rest, devices, others));
            assertThat(refused.path("state").asString("")).isEqualTo("failed");
            assertThat(refused.path("detail").asString("")).contains("for others: model=Nothing");
            assertThat(rest.post("/api/v1/jobs", "{" + devices + ",\"firmware\":999}")
                            .status())
                    .isEqualTo(400);
            assertThat(rest.post("/api/v1/jobs", "{" + devices + ",\"firmware\":" + image + ",\"steps\":[]}")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_server_that_dies_goes_on_with_an_upgrade_and_begins_nothing_twice() throws Exception {
        EndpointId id = EndpointId.of("os::0200F0-TWICE");
        ServerOptions options = TestServer.options(folder.resolve("server"));
        long job;
        URI ws;
        try (TestServer server = TestServer.with(options)) {
            ws = server.ws();
            options.ws = new Port(ws.getPort());
            Rest rest = server.rest();
            try (Gateway gateway = new Gateway(id, ws, folder.resolve("agent"))) {
                assertThat(gateway).isNotNull();
                isOnboarded(rest, id);
                long image = upload(rest, "name=gw&version=2.0.0&fileName=gw.img");
                job = job(rest, "\"query\":\"\"", image);
                await().atMost(PATIENCE)
                        .until(() -> rest.get("/api/v1/devices/" + Rest.segment(id) + "/events")
                                .response()
                                .body()
                                .contains("is told to fetch"));
                assertThat(rest.send("DELETE", "/api/v1/firmware/" + image, null)
                                .status())
                        .isEqualTo(409);
                server.stop();
                try (TestServer again = TestServer.with(options)) {
                    Rest later = again.rest();
                    JsonNode target = ended(later, job);
                    assertThat(target.path("state").asString(""))
                            .as(target.toString())
                            .isEqualTo("done");
                    String events = later.get("/api/v1/devices/" + Rest.segment(id) + "/events?limit=500")
                            .response()
                            .body();
                    assertThat(events.split("is told to fetch", -1)).as(events).hasSize(2);
                    assertThat(events.split("Download\\(\\) completed", -1))
                            .as(events)
                            .hasSizeLessThanOrEqualTo(2);
                    assertThat(later.send("DELETE", "/api/v1/firmware/" + image, null)
                                    .status())
                            .isEqualTo(204);
                }
            }
        }
    }
}
