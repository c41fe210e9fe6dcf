// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// RabbitMQ with one of its plugins, as a process of its own: another node name, other ports and folders than one that
/// runs on this host already. Its login is `guest` with the password `guest`, from this host only.
public final class RabbitMq implements Closeable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server"), Path.of("/usr/sbin/rabbitmq-server"));
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path folder;
    private final String protocol;
    private final int port = freePort();
    private final int distribution = freePort();
    private final int mapper = freePort();
    private Process process;

    /// @param protocol `stomp` or `mqtt`
    public RabbitMq(Path folder, String protocol) throws IOException {
        this.folder = folder;
        this.protocol = protocol;
        Files.writeString(folder.resolve("plugins"), "[rabbitmq_" + protocol + "].\n");
        Files.writeString(
                folder.resolve("rabbitmq.conf"),
                "listeners.tcp = none\n" + protocol + ".listeners.tcp.1 = 127.0.0.1:" + port + "\n");
        process = launch();
    }

    /// The program, where it is installed (Debian: `rabbitmq-server`).
    public static Optional<Path> binary() {
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
        Map<String, String> environment = builder.environment();
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
        await(START, () -> listens() || !started.isAlive());
        if (!started.isAlive()) {
            throw new IOException("RabbitMQ does not start: " + Files.readString(folder.resolve("output.log")));
        }
        return started;
    }

    private static void await(Duration most, BooleanSupplier wanted) throws IOException {
        long end = System.nanoTime() + most.toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("RabbitMQ was waited for in vain");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while RabbitMQ was waited for", interrupted);
            }
        }
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
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while RabbitMQ stops", interrupted);
        }
        await(STOP, () -> !listens());
    }

    public URI uri() {
        return URI.create(protocol + "://127.0.0.1:" + port);
    }

    /// Stops and starts it at the same port.
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
