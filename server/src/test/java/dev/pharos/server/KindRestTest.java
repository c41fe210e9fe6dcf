// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Kinds of devices as an operator brings them, and as a device's record shows them.
final class KindRestTest {
    private static final Rest REST = TestServer.shared().rest();
    private static final EndpointId ID = EndpointId.of("proto::kinds");
    private static final String KINDS = "/api/v1/kinds";
    private static final Path FILE =
            TestServer.shared().folder().resolve("kinds").resolve("rest.yaml");

    private static Answer read(String text) throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, text);
        return REST.post(KINDS + "/reading", "{}");
    }

    @AfterEach
    void as_before() throws IOException {
        Files.deleteIfExists(FILE);
        assertThat(REST.post(KINDS + "/reading", "{}").status()).isEqualTo(200);
    }

    @Test
    void a_file_is_brought_without_a_restart_and_the_record_of_a_device_says_what_counts_and_why() throws IOException {
        String device = "/api/v1/devices/" + Rest.segment(ID);
        try (HomeGateway _ = new HomeGateway(ID, TestServer.shared().ws())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            !REST.get(device).json().path("oui").asString("").isEmpty());
        }
        String oui = REST.get(device).json().get("oui").stringValue();
        Answer taken = read("""
                kinds:
                - {name: all of them, because: told, match: {}, quirks: {booleans: words, values-at-once: 8}}
                - {name: ours, because: seen, match: {oui: "%s"}, quirks: {booleans: digits}}
                """.formatted(oui));

        assertThat(taken.status()).as(taken.response().body()).isEqualTo(200);
        assertThat(REST.get(KINDS).response().body()).contains("every device", "oui " + oui, "rest.yaml:3");
        JsonNode quirks = REST.get(device + "/kinds").json().get("quirks");
        assertThat(quirks.get(0).toString())
                .isEqualTo("{\"quirk\":\"booleans\",\"values\":[\"digits\"],\"kind\":\"ours\",\"because\":\"seen\","
                        + "\"origin\":\"rest.yaml:3\"}");
        assertThat(quirks.get(1).get("kind").stringValue()).isEqualTo("all of them");
        assertThat(REST.get("/api/v1/devices/proto%3A%3Anobody/kinds").status()).isEqualTo(404);
    }

    @Test
    void a_file_that_is_wrong_is_refused_with_its_line_and_what_was_in_use_stays() throws IOException {
        String before = REST.get(KINDS).response().body();

        Answer refused = read("kinds:\n- name: x\n  because: y\n  match: {}\n  quirks: {times: never}\n");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("detail").stringValue())
                .isEqualTo("rest.yaml:5: \"times\" must be whole-seconds. What was in use stays in use.");
        assertThat(REST.get(KINDS).response().body()).isEqualTo(before);
    }
}
