// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the REST interface, as scripts have it.
record Rest(URI url, Map<String, String> headers) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /// An answer, whole.
    record Answer(int status, HttpResponse<String> response) {
        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static Rest of(Path connectionFile) {
        try {
            JsonNode connection = JSON.readTree(Files.readString(connectionFile));
            return new Rest(URI.create(connection.get("url").stringValue()), Map.of())
                    .with("Authorization", "Bearer " + connection.get("token").stringValue());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Rest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Rest(url, more);
    }

    Rest without(String name) {
        Map<String, String> less = new LinkedHashMap<>(headers);
        less.remove(name);
        return new Rest(url, less);
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer send(String method, String path, @Nullable String body) {
        try {
            HttpResponse<String> response = HTTP.send(request(method, path, body), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpRequest request(String method, String path, @Nullable String body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            builder.header("Content-Type", "application/json");
        }
        headers.forEach(builder::header);
        return builder.build();
    }

    /// The lines of a stream as they come; closing them ends it.
    Stream<String> lines(String path) {
        try {
            HttpResponse<InputStream> response = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .header("Authorization", String.valueOf(headers.get("Authorization")))
                            .headers(lastEventId())
                            .build(),
                    BodyHandlers.ofInputStream());
            return new java.io.BufferedReader(new java.io.InputStreamReader(response.body(), StandardCharsets.UTF_8))
                    .lines()
                    .onClose(() -> close(response.body()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String[] lastEventId() {
        String last = headers.getOrDefault("Last-Event-ID", "");
        return last.isEmpty() ? new String[] {"Accept", "text/event-stream"} : new String[] {"Last-Event-ID", last};
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    static String segment(Object id) {
        return URLEncoder.encode(id.toString(), StandardCharsets.UTF_8);
    }
}
