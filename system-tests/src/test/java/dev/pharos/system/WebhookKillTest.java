// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that is killed again and again while it tells another system what happens.
class WebhookKillTest {
    private static final int JOBS = 40;
    private static final int KILLS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String JOB =
            "{\"query\":\"tag:nobody\",\"allowEmpty\":true,\"steps\":[{\"get\":{\"paths\":[\"Device.\"]}}]}";

    @TempDir
    private Path folder;

    /// By event, the ids under which it came.
    private final Map<Long, Set<String>> received = new ConcurrentHashMap<>();

    private final AtomicInteger requests = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", this::take);
        receiver.start();
    }

    @AfterEach
    void end() {
        receiver.stop(0);
    }

    /// Slowly, so that a server has always some under way.
    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            received.computeIfAbsent(body.path("data").path("seq").asLong(), _ -> ConcurrentHashMap.newKeySet())
                    .add(exchange.getRequestHeaders().getFirst("webhook-id"));
            Thread.sleep(20);
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<Long> happened(RunningServer server) throws IOException, InterruptedException {
        Set<Long> seqs = new TreeSet<>();
        for (JsonNode event : server.rest().get("/events?limit=1000").path("items")) {
            if (event.path("kind").asString("").equals("job")) {
                seqs.add(event.path("seq").asLong());
            }
        }
        return seqs;
    }

    @Test
    void every_event_that_was_kept_arrives_and_what_arrives_twice_has_the_same_id() throws Exception {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        for (int kill = 0; kill < KILLS; kill++) {
            try (RunningServer server = RunningServer.start(folder.resolve("server"))) {
                if (kill == 0) {
                    assertThat(server.pharos("webhooks", "add", "all", url, "--kind", "job")
                                    .status())
                            .isZero();
                }
                for (int job = 0; job < JOBS; job++) {
                    server.rest().post("/jobs", JOB);
                }
                int before = requests.get();
                await().atMost(PATIENCE).until(() -> requests.get() > before + 5);
                server.program().kill();
            }
        }
        try (RunningServer server = RunningServer.start(folder.resolve("server"))) {
            await().atMost(PATIENCE)
                    .until(() -> received.keySet().equals(happened(server)) && received.size() >= KILLS * JOBS);
            // what was under way when a server died is sent once more, after the time that it may take
            await().atMost(PATIENCE)
                    .until(() -> server.pharos("webhooks", "show", "all").out().stream()
                            .anyMatch(line -> line.matches("waiting +0, and 0 given up")));
            assertThat(received.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
        }
    }
}
