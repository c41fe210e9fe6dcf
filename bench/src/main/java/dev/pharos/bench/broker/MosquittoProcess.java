// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.broker;

import dev.pharos.bench.measure.Children;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Mosquitto of this machine on a free port, which keeps nothing and sends each packet at once: by default it
/// waits up to 40 ms for more, and that would be all that is measured.
public final class MosquittoProcess implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"));
    private static final int ATTEMPTS = 200;

    private final Process process;
    private final Path settings;
    private final int port;

    private MosquittoProcess(Process process, Path settings, int port) {
        this.process = process;
        this.settings = settings;
        this.port = port;
    }

    /// @throws IOException where there is no Mosquitto, or it does not come up
    public static MosquittoProcess start() throws IOException, InterruptedException {
        Path binary = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "broker-path needs Mosquitto, found none; install it: apt-get install mosquitto"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path settings = Files.createTempFile("pharos-bench", ".conf");
        Files.writeString(
                settings,
                "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\n");
        Process process = Children.start(new ProcessBuilder(binary.toString(), "-c", settings.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD));
        MosquittoProcess made = new MosquittoProcess(process, settings, port);
        for (int i = 0; i < ATTEMPTS && process.isAlive(); i++) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (probe.isConnected()) {
                    return made;
                }
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        made.close();
        throw new IOException("Mosquitto did not come up on port " + port);
    }

    public URI uri() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.delete(settings);
    }
}
