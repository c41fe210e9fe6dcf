// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Two network namespaces with a cable between them: `10.7.0.1` on interface `left` and `10.7.0.2` on `right`.
/// Needs Linux and root.
public final class TwoHosts implements AutoCloseable {
    private static final String PATIENCE_SECONDS = "1200";

    private final Process left;
    private final Process right;

    private TwoHosts(Process left, Process right) {
        this.left = left;
        this.right = right;
    }

    /// @return empty where this host does not let us make namespaces
    public static Optional<TwoHosts> connect() throws IOException, InterruptedException {
        if (run("unshare", "-n", "true").status() != 0) {
            return Optional.empty();
        }
        TwoHosts hosts = new TwoHosts(hold(), hold());
        hosts.at(Host.LEFT, "ip", "link", "add", "left", "type", "veth", "peer", "name", "right");
        hosts.at(Host.LEFT, "ip", "link", "set", "right", "netns", Long.toString(hosts.right.pid()));
        for (Host host : Host.values()) {
            hosts.at(host, "ip", "link", "set", "lo", "up");
            hosts.at(host, "ip", "addr", "add", host.address + "/24", "dev", host.interfaceName());
            hosts.at(host, "ip", "link", "set", host.interfaceName(), "up");
        }
        return Optional.of(hosts);
    }

    /// One end of the cable.
    public enum Host {
        LEFT("10.7.0.1"),
        RIGHT("10.7.0.2");

        private final String address;

        Host(String address) {
            this.address = address;
        }

        public String address() {
            return address;
        }

        public String interfaceName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A process whose only purpose is to be in a namespace of its own.
    private static Process hold() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder("unshare", "-n", "sleep", PATIENCE_SECONDS).start();
        String own = namespace(ProcessHandle.current().pid());
        for (int i = 0; i < 1000 && namespace(holder.pid()).equals(own); i++) {
            Thread.sleep(10);
        }
        return holder;
    }

    private static String namespace(long pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", "net"))
                .toString();
    }

    /// A command line that runs a command there.
    public List<String> inside(Host host, List<String> command) {
        Process holder = host == Host.LEFT ? left : right;
        List<String> whole = new ArrayList<>(List.of("nsenter", "-t", Long.toString(holder.pid()), "-n"));
        whole.addAll(command);
        return whole;
    }

    /// Runs a command there, which has to succeed.
    public void at(Host host, String... command) throws IOException, InterruptedException {
        Ended ended = run(inside(host, List.of(command)).toArray(String[]::new));
        if (ended.status() != 0) {
            throw new IOException(String.join(" ", command) + ": " + ended.output());
        }
    }

    /// Starts a Java program there, on the runtime that we run on.
    public Process java(Host host, String classPath, Class<?> program, String... arguments) throws IOException {
        List<String> java = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                classPath,
                program.getName()));
        java.addAll(List.of(arguments));
        return new ProcessBuilder(inside(host, java)).redirectErrorStream(true).start();
    }

    private record Ended(int status, String output) {}

    private static Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("still running: " + output);
        }
        return new Ended(process.exitValue(), output);
    }

    @Override
    public void close() {
        left.destroy();
        right.destroy();
    }
}
