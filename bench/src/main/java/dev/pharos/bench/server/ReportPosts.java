// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends deliveries to the collector, and sees that all of each is kept. Written for as little work beside the server
/// as can be.
final class ReportPosts {
    /// As many as the collector takes; with one more it would send devices away.
    static final int AT_ONCE = 64;

    private static final int PATIENCE_MILLIS = 60_000;
    private static final String KEPT = "\"kept\":" + DeviceReports.VALUES + ",";

    private final String host;
    private final int port;

    ReportPosts(String url) {
        URI server = URI.create(url);
        this.host = server.getHost();
        this.port = server.getPort();
    }

    /// Returns when all are answered.
    ///
    /// @param deliveries whole requests
    void send(List<byte[]> deliveries) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Callable<Boolean>> senders = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            senders.add(() -> {
                for (int mine = next.getAndIncrement(); mine < deliveries.size(); mine = next.getAndIncrement()) {
                    send(deliveries.get(mine));
                }
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Boolean> sent : threads.invokeAll(senders)) {
                sent.get();
            }
        }
    }

    private void send(byte[] delivery) throws IOException {
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(delivery);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200") || !answer.contains(KEPT)) {
                throw new IOException("a report was not kept whole: " + answer);
            }
        }
    }
}
