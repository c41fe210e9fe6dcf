// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An Eclipse Mosquitto that somebody else runs, where it is installed; a test that wants it is skipped
/// elsewhere.
final class ForeignMosquitto implements AutoCloseable {
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));

    private final Path folder;
    private final int port;
    private Process process;

    private ForeignMosquitto(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.process = launch();
    }

    static ForeignMosquitto start(Path folder) throws IOException {
        assumeTrue(
                PLACES.stream().anyMatch(Files::isExecutable),
                "there is no mosquitto: apt-get install mosquitto, to test with a broker of others");
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        return new ForeignMosquitto(folder, port);
    }

    private Process launch() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("mosquitto.conf"), "user root\nlistener " + port + " 127.0.0.1\nallow_anonymous true\n");
        String binary = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
        Process started = new ProcessBuilder(binary, "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        await("mosquitto listens").atMost(Duration.ofMinutes(2)).until(this::listens);
        return started;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    /// Starts it again at the same port, after it was stopped.
    void resume() throws IOException {
        process = launch();
    }

    /// Idempotent.
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
