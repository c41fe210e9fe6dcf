// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.agent;

import dev.pharos.bench.measure.Children;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.mtp.Mtp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One peer in a process of its own with the controller that measures it, connected.
final class Subject implements AutoCloseable {
    private static final long STOP_SECONDS = 10;

    private final Optional<Process> process;
    private final Transport.Place place;
    private final Path folder;
    private final ControllerEnd controller;
    private final double firstRecordMillis;

    private Subject(
            Optional<Process> process,
            Transport.Place place,
            Path folder,
            ControllerEnd controller,
            double firstRecordMillis) {
        this.process = process;
        this.place = place;
        this.folder = folder;
        this.controller = controller;
        this.firstRecordMillis = firstRecordMillis;
    }

    /// The agent as it ships: the program that `pharos.agent` names, else from this class path.
    static Subject agent(Transport transport) throws Exception {
        return agent(transport, List.of());
    }

    /// The same with options of its own.
    static Subject agent(Transport transport, List<String> more) throws Exception {
        return start(transport, (address, folder) -> {
            List<String> command = new ArrayList<>();
            String shipped = System.getProperty("pharos.agent", "");
            if (shipped.isEmpty()) {
                command.addAll(java("dev.pharos.cli.PharosAgent"));
            } else {
                command.add(shipped);
            }
            command.addAll(List.of(
                    "--endpoint-id",
                    ControllerEnd.PEER.toString(),
                    "--controller",
                    address,
                    "--role",
                    "full",
                    "--data",
                    folder.resolve("data").toString()));
            command.addAll(more);
            return command;
        });
    }

    /// The endpoint that gives every Record back.
    ///
    /// @param durable whether each is forced to disk before
    static Subject echo(Transport transport, boolean durable) throws Exception {
        return start(transport, (address, folder) -> {
            List<String> command = new ArrayList<>(java("dev.pharos.bench.agent.EchoEndpoint"));
            command.add(address);
            if (durable) {
                command.add(folder.resolve("kept").toString());
            }
            return command;
        });
    }

    /// An agent that somebody else has started and that listens. It has to know [ControllerEnd#OWN] as a controller
    /// that may do everything.
    ///
    /// @param address `unix:PATH` or `ws://HOST:PORT/PATH`
    static Subject running(String address) throws Exception {
        ControllerEnd controller = new ControllerEnd();
        Mtp way = ControllerAddress.parse(address, Access.NONE).transport(ControllerEnd.OWN, ControllerEnd.PEER);
        way.start(controller);
        Path folder = Files.createTempDirectory("pharos-bench");
        Subject subject = new Subject(Optional.empty(), new Transport.Place(way, address), folder, controller, 0);
        try {
            controller.awaitPeer();
            return subject;
        } catch (IOException silent) {
            subject.close();
            throw new IOException("the agent at " + address + " says nothing: " + silent.getMessage(), silent);
        }
    }

    /// What starts a peer.
    private interface Command {
        List<String> of(String address, Path folder);
    }

    private static Subject start(Transport transport, Command command) throws Exception {
        Path folder = Files.createTempDirectory("pharos-bench");
        ControllerEnd controller = new ControllerEnd();
        Transport.Place place = transport.open(controller, folder);
        long begin = System.nanoTime();
        Process process = Children.start(new ProcessBuilder(command.of(place.address(), folder))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("errors").toFile()));
        try {
            controller.awaitPeer();
        } catch (IOException silent) {
            String errors = Files.readString(folder.resolve("errors"));
            new Subject(Optional.of(process), place, folder, controller, 0).close();
            throw new IOException(silent.getMessage() + ": " + errors, silent);
        }
        return new Subject(Optional.of(process), place, folder, controller, (System.nanoTime() - begin) / 1e6);
    }

    /// The same flags as the shipped image has, but for its cache.
    private static List<String> java(String mainClass) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass);
    }

    ControllerEnd controller() {
        return controller;
    }

    /// From the start of the process to its first Record.
    double firstRecordMillis() {
        return firstRecordMillis;
    }

    double residentMib() throws IOException {
        for (String line : Files.readAllLines(
                Path.of("/proc", Long.toString(process.orElseThrow().pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("/proc tells no VmRSS of the agent");
    }

    private static void end(Process process) {
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
    public void close() throws IOException {
        process.ifPresent(Subject::end);
        place.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
