// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// One of our programs in a process of its own, as users start it. Lines of both outputs are collected.
final class JavaProgram implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 8;

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> collectors;

    private JavaProgram(Process process) {
        this.process = process;
        collectors = List.of(
                collect(process.inputReader(StandardCharsets.UTF_8), out),
                collect(
                        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)),
                        err));
    }

    static JavaProgram start(String mainClass, Map<String, String> environment, List<String> arguments)
            throws IOException {
        return start(command(mainClass, arguments), environment);
    }

    /// How one of our programs is started.
    static List<String> command(String mainClass, List<String> arguments) {
        return command(mainClass, arguments, AheadOfTime.of(mainClass));
    }

    /// @param further options of the virtual machine
    static List<String> command(String mainClass, List<String> arguments, List<String> further) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(further);
        command.addAll(List.of("-cp", classPath(mainClass), mainClass));
        command.addAll(arguments);
        return command;
    }

    /// A program that starts Java by itself.
    static JavaProgram start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new JavaProgram(builder.start());
    }

    /// Just what the launcher puts on the class path: the module's jar and the libraries that lie beside it.
    static String classPath(String mainClass) {
        Path jar = jar(mainClass);
        return jar + ":" + jar.resolveSibling("lib") + "/*";
    }

    /// The jar of the module that the program is in.
    static Path jar(String mainClass) {
        String module = mainClass.startsWith("dev.pharos.server.") ? "server" : "cli";
        return Path.of("..", module, "target", "pharos-" + module + "-0.1.0.jar")
                .toAbsolutePath()
                .normalize();
    }

    private static Thread collect(BufferedReader reader, List<String> lines) {
        // a thread of the platform, since reads of pipes would hold a carrier of virtual ones
        return Thread.ofPlatform().daemon().start(() -> {
            try (reader) {
                reader.lines().forEach(lines::add);
            } catch (IOException | java.io.UncheckedIOException ended) {
                lines.add("(output ended: " + ended.getMessage() + ")");
            }
        });
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    List<String> out() {
        return out;
    }

    List<String> err() {
        return err;
    }

    /// Waits for a line on standard output.
    String awaitLine(Predicate<String> wanted, Duration limit) {
        return awaitLine(out, wanted, limit);
    }

    /// Waits for a line on standard error.
    String awaitErrorLine(Predicate<String> wanted, Duration limit) {
        return awaitLine(err, wanted, limit);
    }

    private String awaitLine(List<String> lines, Predicate<String> wanted, Duration limit) {
        Awaitility.await()
                .atMost(limit)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> {
                    if (!process.isAlive() && find(lines, wanted).isEmpty()) {
                        throw new AssertionError("ended with " + process.exitValue() + "\n" + output());
                    }
                })
                .until(() -> find(lines, wanted).isPresent());
        return find(lines, wanted).orElseThrow();
    }

    private static Optional<String> find(List<String> lines, Predicate<String> wanted) {
        return lines.stream().filter(wanted).findFirst();
    }

    String output() {
        return String.join("\n", out) + "\n" + String.join("\n", err);
    }

    /// Waits for the end of the program and of what it printed.
    int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + limit + "\n" + output());
        }
        for (Thread collector : collectors) {
            collector.join(limit);
        }
        return process.exitValue();
    }

    /// SIGTERM, as Ctrl-C and service managers stop a program. By its handle, which leaves open what it still writes.
    void terminate() {
        process.toHandle().destroy();
    }

    /// SIGKILL: no chance to tidy up.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        List<ProcessHandle> family = process.descendants().toList();
        family.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            // what they write must not come back into a folder that is being deleted
            for (ProcessHandle child : family) {
                child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException lives) {
            family.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
