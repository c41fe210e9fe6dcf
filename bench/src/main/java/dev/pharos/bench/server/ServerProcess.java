// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The operator's server in a process of its own, with a data folder that goes with it.
final class ServerProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 20;
    private static final int COLLECTIONS = 3;
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    /// The page and WebSocket, which most benchmarks need.
    private static final List<String> LISTENERS =
            List.of("--http", "0", "--ws", "0", "--mqtt", "off", "--stomp", "off", "--cwmp", "off");

    private final Process process;
    private final Path data;
    private final Optional<Scratch> own;
    private final String ready;

    private ServerProcess(Process process, Path data, Optional<Scratch> own, String ready) {
        this.process = process;
        this.data = data;
        this.own = own;
        this.ready = ready;
    }

    /// With a new data folder, which goes when the server stops.
    ///
    /// @param javaOptions for the Java virtual machine
    static ServerProcess start(List<String> javaOptions) throws IOException, InterruptedException {
        Scratch own = Scratch.open();
        try {
            return start(javaOptions, own.path(), Optional.of(own), LISTENERS);
        } catch (IOException failed) {
            own.close();
            throw failed;
        }
    }

    /// @param data what it keeps, and leaves
    static ServerProcess start(List<String> javaOptions, Path data) throws IOException, InterruptedException {
        return start(javaOptions, data, Optional.empty(), LISTENERS);
    }

    /// With other listeners.
    ///
    /// @param listeners arguments of the server
    static ServerProcess listening(List<String> listeners, Path data) throws IOException, InterruptedException {
        return start(List.of(), data, Optional.empty(), listeners);
    }

    private static ServerProcess start(
            List<String> javaOptions, Path data, Optional<Scratch> own, List<String> listeners)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--stop-with-parent"));
        arguments.addAll(listeners);
        Process process = java(javaOptions, "dev.pharos.server.PharosServer", arguments);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && !line.startsWith("ready ")) {
            line = lines.readLine();
        }
        if (line == null) {
            int status = process.waitFor();
            throw new IOException("the server ended with " + status + " before it was ready");
        }
        Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
        return new ServerProcess(process, data, own, line);
    }

    /// Starts a program from our own class path; it says on our standard error what goes wrong.
    static Process java(List<String> options, String mainClass, List<String> arguments) throws IOException {
        return java(options, mainClass, arguments, ProcessBuilder.Redirect.INHERIT);
    }

    /// @param errors where it says what goes wrong
    static Process java(List<String> options, String mainClass, List<String> arguments, ProcessBuilder.Redirect errors)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(errors).start();
    }

    /// The address that the ready line gives for a listener, such as `http` or `ws`.
    String address(String listener) {
        Matcher found = Pattern.compile(listener + "=(\\S+)").matcher(ready);
        if (!found.find()) {
            throw new IllegalStateException("no " + listener + " in: " + ready);
        }
        return found.group(1);
    }

    RestConnection rest() throws IOException {
        String connection = Files.readString(data.resolve("connection.json"));
        Matcher found = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"").matcher(connection);
        if (!found.find()) {
            throw new IOException("connection.json holds no token");
        }
        return new RestConnection(address("http"), found.group(1));
    }

    /// Resident memory of the Java process after full collections, in KiB.
    long residentKib() throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            jcmd("GC.run");
            Thread.sleep(1_000);
        }
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc tells no VmRSS of the server");
    }

    /// What the objects of the Java process take that are in use, after full collections.
    long heapBytes() throws IOException, InterruptedException {
        for (int i = 1; i < COLLECTIONS; i++) {
            jcmd("GC.run");
            Thread.sleep(1_000);
        }
        String histogram = jcmd("GC.class_histogram");
        Matcher total = HISTOGRAM_TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException("jcmd tells no total of the server's heap");
        }
        return Long.parseLong(total.group(1));
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException("jcmd could not reach the server");
        }
        return answer;
    }

    /// Tells the program to stop, and waits for its end.
    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(process);
        own.ifPresent(Scratch::close);
    }
}
