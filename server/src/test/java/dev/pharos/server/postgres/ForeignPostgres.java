// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A PostgreSQL that somebody else runs: a process of its own that listens on TCP and wants a password by
/// scram-sha-256.
public final class ForeignPostgres implements AutoCloseable {
    private static final String USER = "pharos";
    private static final String PASSWORD = "a password & more";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final UnprivilegedUser user = UnprivilegedUser.forThisProcess();
    private final PostgresBinaries binaries;
    private final Path data;
    private final Path log;
    private final int port = freePort();
    private final Process process;

    /// @param folder an empty one, which its account can enter
    public ForeignPostgres(Path folder) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("postgres"));
        binaries = PostgresBinaries.in(PostgresTemplate.programs(folder).resolve("postgres"));
        data = root.resolve("foreign");
        log = folder.resolve("foreign.log");
        new PostgresFolder(root, log, user).privateFolder(data);
        Path password = Files.writeString(root.resolve("password"), PASSWORD);
        user.own(password);
        Process made = run(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        if (!made.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || made.exitValue() != 0) {
            made.destroyForcibly();
            throw new IOException("initdb failed: " + Files.readString(log));
        }
        process = run(List.of(
                binaries.program("postgres").toString(),
                "-D",
                data.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories="));
        Awaitility.await("PostgreSQL takes connections")
                .atMost(PATIENCE)
                .until(() -> process.isAlive() && takesConnections());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private Process run(List<String> command) throws IOException {
        List<String> words = new ArrayList<>(user.prefix(data));
        words.addAll(command);
        return new ProcessBuilder(words)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private boolean takesConnections() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /// As an administrator would look into it.
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    public String url() {
        return address() + "?user=" + USER + "&password="
                + PASSWORD.replace(" ", "%20").replace("&", "%26");
    }

    public String urlWithWrongPassword() {
        return address() + "?user=" + USER + "&password=wrong";
    }

    private String address() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
