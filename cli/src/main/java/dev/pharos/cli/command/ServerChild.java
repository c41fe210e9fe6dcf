// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The server in a process of its own, which ends with this one: it reads our end of a pipe and stops when
/// that is gone.
final class ServerChild implements AutoCloseable {
    private static final long GRACE_SECONDS = 4;

    private final Process process;
    private final OutputStream leash;

    private ServerChild(Process process) {
        this.process = process;
        this.leash = process.getOutputStream();
    }

    /// The class path that the launcher wrote for the server, else our own, as in tests.
    static ServerChild start(List<String> options, PrintWriter err) throws IOException {
        String home = System.getProperty("pharos.home", "");
        Path written = Path.of(home, ".pharos-build", "server.cp");
        String classPath = !home.isEmpty() && Files.isReadable(written)
                ? Files.readString(written).strip()
                : System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                "dev.pharos.server.PharosServer",
                "--stop-with-parent"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).start();
        // a thread of the platform, since reads of pipes would hold a carrier of virtual ones
        Thread.ofPlatform().daemon().start(() -> pass(process.errorReader(StandardCharsets.UTF_8), err));
        return new ServerChild(process);
    }

    private static void pass(BufferedReader from, PrintWriter to) {
        try {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                to.println(line);
                to.flush();
            }
        } catch (IOException stopped) {
            // whoever stops a process closes what it says
        }
    }

    /// The ready line, or empty where the server ended before it.
    Optional<String> awaitReady() throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("ready ")) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        try {
            leash.close();
            process.destroy();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException alreadyGone) {
            process.destroy();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
