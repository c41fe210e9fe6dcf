// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// How a server is that runs.
final class SystemRestTest {
    private static final Rest REST = TestServer.shared().rest();

    private static JsonNode state() {
        Answer answer = REST.get("/api/v1/system");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void it_says_what_it_is_and_how_much_room_and_work_there_is() {
        JsonNode state = state();
        assertThat(state.get("version").stringValue()).isNotEmpty();
        assertThat(state.get("endpointId").stringValue()).isEqualTo("self::pharos");
        assertThat(Duration.between(Instant.parse(state.get("started").stringValue()), Instant.now()))
                .isBetween(Duration.ZERO, Duration.ofHours(2));
        JsonNode database = state.get("database");
        assertThat(database.get("up").booleanValue()).isTrue();
        assertThat(database.get("own").booleanValue()).isTrue();
        assertThat(database.get("version").stringValue()).matches("\\d+(\\.\\d+)?");
        assertThat(Integer.parseInt(database.get("schema").stringValue())).isGreaterThanOrEqualTo(56);
        assertThat(database.get("bytes").longValue()).isGreaterThan(1 << 20);
        assertThat(state.get("disk").get("size").longValue())
                .isGreaterThan(state.get("disk").get("free").longValue());
        assertThat(state.get("queues")
                        .valueStream()
                        .map(queue -> queue.get("name").stringValue()))
                .containsExactly("jobs", "errands", "webhooks", "undelivered", "approvals");
        assertThat(state.get("listeners")
                        .valueStream()
                        .map(listener -> listener.get("name").stringValue()))
                .contains("http", "ws", "cwmp");
        assertThat(state.get("rates").get("requests").stringValue()).isEqualTo("100/s:1000");
    }

    @Test
    void a_backup_counts_when_it_is_whole() throws IOException, InterruptedException {
        Instant before = Instant.now().minusMillis(1);
        HttpRequest request = HttpRequest.newBuilder(URI.create(REST.url() + "/api/v1/backup"))
                .header("Authorization", String.valueOf(REST.headers().get("Authorization")))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
        // its last byte is there before its entry in the audit log is
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode last = state().path("lastBackup");
            assertThat(last.isMissingNode()).isFalse();
            assertThat(Instant.parse(last.stringValue())).isAfter(before);
        });
        assertThat(state().get("troubles").toString()).doesNotContain("backup");
    }
}
