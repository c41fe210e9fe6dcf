// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.pki.SubjectName;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Prosody, a server of XMPP, as a process of its own on a free port of this host, with TLS demanded.
public final class Prosody implements Closeable {
    /// Whose certificate it shows, and whose accounts it has.
    public static final String DOMAIN = "xmpp.test";

    private static final Duration START = Duration.ofMinutes(1);

    private final Path folder;
    private final int port = freePort();
    private Process process;

    /// @param accounts names without domain, and their passwords
    public Prosody(Path folder, TestAuthority authority, Map<String, String> accounts) throws IOException {
        this.folder = folder;
        // its way of writing a domain as a folder
        Path kept = Files.createDirectories(folder.resolve("data/xmpp%2etest/accounts"));
        for (Map.Entry<String, String> account : accounts.entrySet()) {
            Files.writeString(
                    kept.resolve(account.getKey() + ".dat"),
                    "return { [\"password\"] = \"" + account.getValue() + "\"; };\n");
        }
        TestAuthority.Files own = authority.issue(SubjectName.host(DOMAIN));
        Files.writeString(
                folder.resolve("prosody.cfg.lua"), """
                run_as_root = true
                pidfile = "%1$s/prosody.pid"
                data_path = "%1$s/data"
                interfaces = { "127.0.0.1" }
                c2s_ports = { %2$d }
                modules_enabled = { "saslauth", "tls" }
                modules_disabled = { "s2s", "offline" }
                authentication = "internal_plain"
                c2s_require_encryption = true
                log = { info = "*console" }
                VirtualHost "%3$s"
                  ssl = { certificate = "%4$s", key = "%5$s" }
                """.formatted(folder, port, DOMAIN, own.chain(), own.key()));
        process = launch();
    }

    /// The program, where it is installed (Debian: `prosody`).
    public static Optional<Path> binary() {
        return Stream.of("/usr/bin/prosody", "/usr/local/bin/prosody")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(
                        binary().orElseThrow().toString(),
                        "-F",
                        "--config",
                        folder.resolve("prosody.cfg.lua").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        long end = System.nanoTime() + START.toNanos();
        while (!listens()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                started.destroyForcibly();
                throw new IOException("Prosody does not start: " + Files.readString(folder.resolve("output.log")));
            }
            pause();
        }
        return started;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Prosody was waited for", interrupted);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /// Of this host.
    public int port() {
        return port;
    }

    /// Ends it, and starts it at the same port.
    public void restart() throws IOException {
        close();
        process = launch();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Prosody stops", interrupted);
        }
    }
}
