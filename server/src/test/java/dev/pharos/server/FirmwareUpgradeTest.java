// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Real gateways that fetch images of the repository, restart, and run them.
final class FirmwareUpgradeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private static long job(Rest rest, String audience, long image) {
        Answer made = rest.post("/api/v1/jobs", "{" + audience + ",\"firmware\":" + image + "}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        return made.json().get("id").asLong();
    }

    private static void isOnboarded(Rest rest, EndpointId id) {
        await().atMost(PATIENCE)
                .until(() -> rest.get("/api/v1/devices/" + Rest.segment(id) + "/events")
                        .response()
                        .body()
                        .contains("onboarded"));
    }

    private static JsonNode ended(Rest rest, long job) {
        return new JobsOf(rest).ended(job);
    }

    @Test
    void a_device_fetches_an_image_restarts_and_its_version_is_read_back() throws Exception {
        EndpointId id = EndpointId.of("os::0200F0-UPGRADE");
        try (TestServer server = TestServer.in(folder.resolve("server"));
                UpgradableGateway gateway = new UpgradableGateway(id, server.ws(), folder.resolve("agent"))) {
            assertThat(gateway).isNotNull();
            Rest rest = server.rest();
            isOnboarded(rest, id);
            String devices = "\"devices\":[\"" + id + "\"]";
            long image = Images.upload(rest, "name=gw&version=2.0.0&fileName=gw.img");
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
            long lie = Images.upload(rest, "name=lie&version=5.0.0.b7&fileName=lie.img");
            JsonNode another = ended(rest, job(rest, devices, lie));
            assertThat(another.path("state").asString("")).isEqualTo("failed");
            assertThat(another.path("detail").asString("")).isEqualTo("it has restarted and runs 5.0.0, not 5.0.0.b7");
            long others = Images.upload(rest, "name=other&version=3.0&fileName=o-3.0.img&devices=model%3DNothing");
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
            try (UpgradableGateway gateway = new UpgradableGateway(id, ws, folder.resolve("agent"))) {
                assertThat(gateway).isNotNull();
                isOnboarded(rest, id);
                long image = Images.upload(rest, "name=gw&version=2.0.0&fileName=gw.img");
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
