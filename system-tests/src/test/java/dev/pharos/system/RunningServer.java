// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import dev.pharos.cli.Pharos;
import dev.pharos.server.ServerOptions;
import dev.pharos.server.StartException;
import dev.pharos.server.postgres.EmbeddedPostgres;
import dev.pharos.server.postgres.PostgresBinaries;
import dev.pharos.server.store.Database;
import dev.pharos.testkit.FolderTemplate;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The operator's server with any free ports, in its own process unless said otherwise, and the command line against
/// it.
final class RunningServer implements AutoCloseable {
    private static final List<String> FREE_PORTS =
            List.of("--http", "0", "--ws", "0", "--mqtt", "0", "--stomp", "0", "--cwmp", "0");

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration COMMAND = Duration.ofMinutes(2);

    private static final FolderTemplate PROGRAMS =
            FolderTemplate.ofModule("postgresql", parent -> PostgresBinaries.in(parent));

    /// Without PostgreSQL's programs, which are linked and not copied.
    private static final FolderTemplate EMPTY_DATABASE = new FolderTemplate(folder -> {
        Path postgres = folder.resolve("postgres");
        PROGRAMS.into(postgres);
        try (EmbeddedPostgres running = EmbeddedPostgres.start(folder)) {
            Database.open(running.dataSource()).close();
        }
        FolderTemplate.remove(PostgresBinaries.in(postgres).folder());
    });

    /// Absent where it runs in this JVM.
    private final @Nullable JavaProgram program;

    private final Path data;
    private final String ready;
    private final Runnable end;

    private RunningServer(@Nullable JavaProgram program, Path data, String ready, Runnable end) {
        this.program = program;
        this.data = data;
        this.ready = ready;
        this.end = end;
    }

    /// A server's data folder with an empty database and its tables, which takes a server seconds to make.
    static Path folderWithDatabase(Path data) throws IOException {
        if (!Files.exists(data.resolve("postgres"))) {
            EMPTY_DATABASE.into(data);
            PROGRAMS.into(data.resolve("postgres"));
        }
        return data;
    }

    /// @param options where it listens, any free ports where left out
    static RunningServer start(Path data, String... options) throws IOException {
        JavaProgram program = JavaProgram.start("dev.pharos.server.PharosServer", Map.of(), arguments(data, options));
        try {
            String ready = program.awaitLine(l -> l.startsWith("ready "), START);
            return new RunningServer(program, data, ready, program::close);
        } catch (RuntimeException | Error failed) {
            program.close();
            throw failed;
        }
    }

    /// The same in this JVM, which starts it in a fraction of the time once another ran here: for tests that look at
    /// what
    /// a server does rather than at the program.
    ///
    /// @param options as of [#start]
    static RunningServer here(Path data, String... options) throws IOException {
        ServerOptions asked = new ServerOptions();
        new CommandLine(asked)
                .registerConverter(EndpointId.class, EndpointId::of)
                .parseArgs(arguments(data, options).toArray(String[]::new));
        try {
            dev.pharos.server.RunningServer server = dev.pharos.server.RunningServer.start(asked);
            return new RunningServer(null, data, server.readyLine(), server::close);
        } catch (StartException failed) {
            throw new IOException(failed);
        }
    }

    /// The same on any free ports.
    ///
    /// @param further options beside those
    static RunningServer withFreePorts(Path data, String... further) throws IOException {
        List<String> options = new ArrayList<>(FREE_PORTS);
        options.addAll(List.of(further));
        return here(data, options.toArray(String[]::new));
    }

    static List<String> arguments(Path data, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--data", folderWithDatabase(data).toString()));
        arguments.addAll(options.length > 0 ? List.of(options) : FREE_PORTS);
        return arguments;
    }

    /// The address that the ready line gives for `http`, `ws`, `mqtt` or `stomp`.
    String address(String listener) {
        Matcher found = Pattern.compile(listener + "=(\\S+)").matcher(ready);
        if (!found.find()) {
            throw new AssertionError("no " + listener + " in: " + ready);
        }
        return found.group(1);
    }

    RestApi rest() throws IOException {
        return RestApi.of(data);
    }

    /// Its process, which it has unless it runs in this JVM.
    JavaProgram program() {
        return Objects.requireNonNull(program, "it runs in this JVM");
    }

    Path data() {
        return data;
    }

    /// Runs one `pharos` command that asks this server, in this JVM, which takes a fraction of a process of its own.
    Answer pharos(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--data", data.toString()));
        int status = Pharos.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
        return new Answer(
                status, out.toString().lines().toList(), err.toString().lines().toList());
    }

    /// Runs one `pharos` command to its end in a process of its own, as people do.
    Answer pharosProgram(String... arguments) throws IOException, InterruptedException {
        try (JavaProgram command = command(arguments)) {
            int status = command.awaitExit(COMMAND);
            return new Answer(status, List.copyOf(command.out()), List.copyOf(command.err()));
        }
    }

    /// Starts a `pharos` command that goes on, such as `watch`.
    JavaProgram command(String... arguments) throws IOException {
        return JavaProgram.start("dev.pharos.cli.Pharos", Map.of("PHAROS_DATA", data.toString()), List.of(arguments));
    }

    /// Starts an agent of its own process and data folder.
    JavaProgram agent(String id, String controllerUrl, Path agentData, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("agent", "--endpoint-id", id, "--controller", controllerUrl, "--data", agentData.toString()));
        arguments.addAll(List.of(more));
        return JavaProgram.start("dev.pharos.cli.Pharos", Map.of(), arguments);
    }

    @Override
    public void close() {
        end.run();
    }

    /// What a command printed and how it ended.
    record Answer(int status, List<String> out, List<String> err) {}
}
