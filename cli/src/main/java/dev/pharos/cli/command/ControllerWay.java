// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.fleet.ManagingController;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The way from this host to the controllers that it was told of, as somebody sees it who knocks: the name is found and
/// a connection over TCP comes about. Existing connections prove nothing, since they stay for minutes where a way is
/// cut.
record ControllerWay(List<InetSocketAddress> hops) {
    /// For a name server that is asked twice and a handshake that is lost once; a change waits for it.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    ControllerWay {
        hops = List.copyOf(hops);
    }

    static ControllerWay to(List<ManagingController> controllers) {
        return new ControllerWay(controllers.stream()
                .map(controller -> controller.address().firstHop())
                .flatMap(Optional::stream)
                .distinct()
                .toList());
    }

    /// Whether one of them answers; false where there is none. Waits for three seconds at most.
    boolean isOpen() throws InterruptedException {
        if (hops.isEmpty()) {
            return false;
        }
        BlockingQueue<Boolean> answers = new ArrayBlockingQueue<>(hops.size());
        for (InetSocketAddress hop : hops) {
            Thread.ofVirtual().name("controller-way").start(() -> answers.add(answers(hop)));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int waiting = hops.size(); waiting > 0; waiting--) {
            Boolean answer = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer == null || answer) {
                return answer != null;
            }
        }
        return false;
    }

    private static boolean answers(InetSocketAddress hop) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(hop.getHostString(), hop.getPort()), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException | IllegalArgumentException closed) {
            return false;
        }
    }
}
