// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import dev.pharos.server.postgres.EmbeddedPostgres;
import dev.pharos.testkit.FolderTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The operator's server in its own process, with any free ports, and the command line against it.
final class RunningServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration COMMAND = Duration.ofMinutes(2);

    private static final FolderTemplate EMPTY_DATABASE =
            new FolderTemplate(folder -> EmbeddedPostgres.start(folder).close());

    private final JavaProgram program;
    private final Path data;
    private final String ready;

    private RunningServer(JavaProgram program, Path data, String ready) {
        this.program = program;
        this.data = data;
        this.ready = ready;
    }

    /// A server's data folder with an empty database, which takes a server seconds to make.
    static Path folderWithDatabase(Path data) throws IOException {
        if (!Files.exists(data.resolve("postgres"))) {
            EMPTY_DATABASE.into(data);
        }
        return data;
    }

    /// @param options where it listens, any free ports where left out
    static RunningServer start(Path data, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--data", folderWithDatabase(data).toString()));
        arguments.addAll(
                options.length > 0
                        ? List.of(options)
                        : List.of("--http", "0", "--ws", "0", "--mqtt", "0", "--stomp", "0", "--cwmp", "0"));
        JavaProgram program = JavaProgram.start("dev.pharos.server.PharosServer", Map.of(), arguments);
        try {
            return new RunningServer(program, data, program.awaitLine(l -> l.startsWith("ready "), START));
        } catch (RuntimeException | Error failed) {
            program.close();
            throw failed;
        }
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

    JavaProgram program() {
        return program;
    }

    Path data() {
        return data;
    }

    /// Runs one `pharos` command to its end.
    Answer pharos(String... arguments) throws IOException, InterruptedException {
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
        program.close();
    }

    /// What a command printed and how it ended.
    record Answer(int status, List<String> out, List<String> err) {}
}
