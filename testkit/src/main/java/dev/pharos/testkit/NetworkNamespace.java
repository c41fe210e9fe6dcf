// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A network of its own, kept by a process whose only purpose is to be in it.
public final class NetworkNamespace implements AutoCloseable {
    private static final String PATIENCE_SECONDS = "1200";

    private final Process holder;

    private NetworkNamespace(Process holder) {
        this.holder = holder;
    }

    /// Whether this host lets us make namespaces.
    public static boolean isAllowed() throws IOException, InterruptedException {
        return run(List.of("unshare", "-n", "true")).status() == 0;
    }

    /// With its loopback interface up.
    public static NetworkNamespace open() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder("unshare", "-n", "sleep", PATIENCE_SECONDS).start();
        String own = namespace(ProcessHandle.current().pid());
        for (int i = 0; i < 1000 && namespace(holder.pid()).equals(own); i++) {
            Thread.sleep(10);
        }
        NetworkNamespace opened = new NetworkNamespace(holder);
        opened.run("ip", "link", "set", "lo", "up");
        return opened;
    }

    private static String namespace(long pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", "net"))
                .toString();
    }

    /// Lays a cable to another one.
    ///
    /// @param here the interface at this end, `name address/prefix`
    /// @param there the one at the other end
    public void connect(NetworkNamespace other, String here, String there) throws IOException, InterruptedException {
        String nearName = here.substring(0, here.indexOf(' '));
        String farName = there.substring(0, there.indexOf(' '));
        run("ip", "link", "add", nearName, "type", "veth", "peer", "name", farName);
        run("ip", "link", "set", farName, "netns", Long.toString(other.holder.pid()));
        address(here);
        other.address(there);
    }

    /// Gives an interface an address, and sets it up.
    ///
    /// @param what `name address/prefix`
    public void address(String what) throws IOException, InterruptedException {
        String name = what.substring(0, what.indexOf(' '));
        String address = what.substring(what.indexOf(' ') + 1);
        List<String> add = new ArrayList<>(List.of("ip", "addr", "add", address, "dev", name));
        if (address.indexOf(':') >= 0) {
            // nobody else is there, and who waits for that finds no address meanwhile
            add.add("nodad");
        }
        run(add.toArray(String[]::new));
        run("ip", "link", "set", name, "up");
    }

    /// A command line that runs a command there.
    public List<String> inside(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "-t", Long.toString(holder.pid()), "-n"));
        whole.addAll(command);
        return whole;
    }

    /// Runs a command there, which has to succeed.
    ///
    /// @return what it printed
    public String run(String... command) throws IOException, InterruptedException {
        Ended ended = run(inside(List.of(command)));
        if (ended.status() != 0) {
            throw new IOException(String.join(" ", command) + ": " + ended.output());
        }
        return ended.output();
    }

    /// Starts a Java program there, on the runtime that we run on.
    public Process java(String classPath, Class<?> program, String... arguments) throws IOException {
        List<String> java = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                classPath,
                program.getName()));
        java.addAll(List.of(arguments));
        return new ProcessBuilder(inside(java)).redirectErrorStream(true).start();
    }

    private record Ended(int status, String output) {}

    private static Ended run(List<String> command) throws IOException, InterruptedException {
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
        holder.destroy();
    }
}
