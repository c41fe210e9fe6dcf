// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// Eclipse Mosquitto, where it is installed.
final class Mosquitto implements TestBroker {
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));

    private final Path binary;
    private final Path folder;
    private final int port;
    private final boolean secure;
    private Process process;

    private Mosquitto(Path binary, Path folder, int port, boolean secure) throws IOException {
        this.binary = binary;
        this.folder = folder;
        this.port = port;
        this.secure = secure;
        this.process = launch();
    }

    static Optional<Path> binary() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    static Mosquitto open(Path folder) throws IOException {
        return start(folder, "allow_anonymous true\n", false);
    }

    /// @param settings lines of its configuration after those of the listener
    static Mosquitto start(Path folder, String settings, boolean secure) throws IOException {
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        Files.writeString(folder.resolve("mosquitto.conf"), "user root\nlistener " + port + " 127.0.0.1\n" + settings);
        return new Mosquitto(binary().orElseThrow(), folder, port, secure);
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(
                        binary.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        Awaitility.await("mosquitto listens").atMost(Duration.ofSeconds(90)).until(() -> listens());
        return started;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    void stop() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while mosquitto stops", interrupted);
        }
    }

    void resume() throws IOException {
        process = launch();
    }

    @Override
    public URI uri() {
        return URI.create((secure ? "mqtts" : "mqtt") + "://localhost:" + port);
    }

    @Override
    public void restart() throws IOException {
        stop();
        resume();
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
