// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server's REST API as `connection.json` opens it.
final class RestApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String base;
    private final String token;

    private RestApi(String base, String token) {
        this.base = base;
        this.token = token;
    }

    static RestApi of(Path serverData) throws IOException {
        JsonNode connection = JSON.readTree(Files.readString(serverData.resolve("connection.json")));
        return new RestApi(
                connection.path("url").asString().replaceFirst("/+$", "") + "/api/v1",
                connection.path("token").asString());
    }

    String token() {
        return token;
    }

    /// The same for somebody who has a token of this name and role, made for it.
    RestApi as(String name, String role) throws IOException, InterruptedException {
        JsonNode made = post("/tokens", JSON.writeValueAsString(Map.of("name", name, "role", role)));
        return new RestApi(base, made.path("token").asString());
    }

    /// The path of a device, its id as one segment.
    static String device(String id) {
        return "/devices/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    HttpResponse<String> exchange(String method, String path, String body, Duration limit)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(exchange("GET", path, "", PATIENCE));
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return answer(exchange("POST", path, body, PATIENCE));
    }

    JsonNode put(String path, String body) throws IOException, InterruptedException {
        return answer(exchange("PUT", path, body, PATIENCE));
    }

    /// What people did last by the audit log, in the order in which they did it.
    List<String> audited() throws IOException, InterruptedException {
        return get("/audit?limit=200")
                .get("items")
                .valueStream()
                .map(entry -> entry.get("action").asString())
                .toList()
                .reversed();
    }

    private JsonNode answer(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= 300) {
            throw new IOException(response.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    void awaitStatus(String id, String status) {
        await("the status of " + id)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get(device(id)).path("status").asString().equals(status));
    }

    /// Waits until its subscriptions are there: before that it tells of nothing that changes.
    void awaitOnboarded(String id) {
        await(id + " to be onboarded")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get(device(id) + "/events?limit=100").toString().contains("onboarded"));
    }

    /// Sets one parameter.
    ///
    /// @throws IOException where the server or the device did not say that it is set
    void set(String id, String path, String value) throws IOException, InterruptedException {
        int split = path.lastIndexOf('.') + 1;
        String body = JSON.writeValueAsString(Map.of(
                "allowPartial",
                false,
                "updateObjects",
                List.of(Map.of(
                        "objPath",
                        path.substring(0, split),
                        "paramSettings",
                        List.of(Map.of("param", path.substring(split), "value", value, "required", true))))));
        JsonNode result = answer(exchange("POST", device(id) + "/usp/set", body, Duration.ofSeconds(10)));
        if (result.findValue("operSuccess") == null) {
            throw new IOException("not set: " + result);
        }
    }

    /// What the device answers for one parameter.
    String value(String id, String path) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of("paths", List.of(path), "maxDepth", 0));
        JsonNode result = answer(exchange("POST", device(id) + "/usp/get", body, PATIENCE));
        JsonNode found = result.findValue(path.substring(path.lastIndexOf('.') + 1));
        return found == null ? "" : found.asString();
    }

    /// All events of a device, newest first.
    List<JsonNode> events(String id) throws IOException, InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(device(id) + "/events?limit=1000" + cursor);
            page.path("items").forEach(events::add);
            String next = page.path("nextCursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (!cursor.isEmpty());
        return events;
    }
}
