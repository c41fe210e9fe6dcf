// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

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

/// RabbitMQ with its STOMP plugin, as a process of its own: another node name, other ports and folders than one that
/// runs on this host already.
final class RabbitMq implements TestBroker {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server"), Path.of("/usr/sbin/rabbitmq-server"));

    private final Path folder;
    private final int port = freePort();
    private final int distribution = freePort();
    private final int mapper = freePort();
    private Process process;

    RabbitMq(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("plugins"), "[rabbitmq_stomp].\n");
        Files.writeString(
                folder.resolve("rabbitmq.conf"),
                "listeners.tcp = none\nstomp.listeners.tcp.1 = 127.0.0.1:" + port + "\n");
        process = launch();
    }

    static Optional<Path> binary() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(binary().orElseThrow().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile());
        var environment = builder.environment();
        environment.put("HOME", folder.toString());
        environment.put("RABBITMQ_NODENAME", "pharos-" + port + "@localhost");
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(distribution));
        environment.put("ERL_EPMD_PORT", Integer.toString(mapper));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString());
        environment.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
        environment.put("RABBITMQ_PID_FILE", folder.resolve("pid").toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString());
        environment.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString());
        environment.put("RABBITMQ_ERLANG_COOKIE", "only-for-tests");
        Process started = builder.start();
        Awaitility.await("RabbitMQ listens").atMost(Duration.ofMinutes(3)).until(() -> listens() || !started.isAlive());
        if (!started.isAlive()) {
            throw new IOException("RabbitMQ does not start: " + Files.readString(folder.resolve("output.log")));
        }
        return started;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private void stop() throws IOException {
        // The launcher is a shell; the node is its child.
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while RabbitMQ stops", interrupted);
        }
        Awaitility.await("the port is free").atMost(Duration.ofSeconds(30)).until(() -> !listens());
    }

    @Override
    public URI uri() {
        return URI.create("stomp://127.0.0.1:" + port);
    }

    @Override
    public void restart() throws IOException {
        stop();
        process = launch();
    }

    @Override
    public void close() throws IOException {
        stop();
        ProcessBuilder kill = new ProcessBuilder("epmd", "-port", Integer.toString(mapper), "-kill")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("epmd.log").toFile());
        try {
            kill.start().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
