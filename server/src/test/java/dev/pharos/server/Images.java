// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Firmware images in the repository of a server.
final class Images {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Images() {}

    /// One that does nothing bad.
    static long upload(Rest rest, String query) throws IOException, InterruptedException {
        return upload(rest, query, "");
    }

    /// @param firstLine what it does to the simulated gateway that runs it
    static long upload(Rest rest, String query, String firstLine) throws IOException, InterruptedException {
        byte[] bytes = new byte[1_500_000];
        new Random(query.hashCode()).nextBytes(bytes);
        byte[] head = firstLine.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, head.length);
        Answer answer = send(rest, "/api/v1/firmware?" + query, bytes);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("id").asLong();
    }

    /// Uploads bytes as they are.
    static Answer send(Rest rest, String path, byte[] bytes) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(rest.url() + path))
                        .header("Authorization", String.valueOf(rest.headers().get("Authorization")))
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response);
    }
}
