// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A server of which each test says what it answers, on a port of its own, and its data folder.
final class ServerStub implements AutoCloseable {
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Deque<String>> later = new ConcurrentHashMap<>();
    private final Queue<String> hurried = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /// @param status 0 for never
    record Answer(int status, String type, String body) {}

    ServerStub(Path data) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/", this::answer);
        server.start();
        Files.writeString(
                data.resolve("connection.json"),
                "{\"url\":\"http://127.0.0.1:" + server.getAddress().getPort() + "\",\"token\":\"t\"}");
    }

    /// @param ending how the request's path ends
    ServerStub answers(String ending, int status, String type, String body) {
        answers.put(ending, new Answer(status, type, body));
        return this;
    }

    /// What is answered once, to the request after so many of the same.
    void answersNext(String ending, int after, String body) {
        Deque<String> bodies = new ArrayDeque<>();
        for (int i = 0; i < after; i++) {
            bodies.add(answers.getOrDefault(ending, new Answer(0, "", "")).body());
        }
        bodies.add(body);
        later.put(ending, bodies);
    }

    /// How many requests to everything are refused, each with how many seconds are to be waited.
    void refusesNext(String... retryAfter) {
        hurried.addAll(List.of(retryAfter));
    }

    /// What was asked, `METHOD /path body`.
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path + " " + asked);
            String wait = hurried.poll();
            if (wait != null) {
                exchange.getResponseHeaders().set("Retry-After", wait);
                byte[] body = "{\"detail\":\"You send too many requests.\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(429, body.length);
                exchange.getResponseBody().write(body);
                return;
            }
            Answer answer = answers.entrySet().stream()
                    .filter(known -> path.endsWith(known.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(new Answer(404, "application/problem+json", "{\"detail\":\"no such device\"}"));
            if (answer.status() == 0) {
                closing.await();
                return;
            }
            String text = later.entrySet().stream()
                    .filter(known -> path.endsWith(known.getKey()))
                    .map(known -> known.getValue().poll())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(answer.body());
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
