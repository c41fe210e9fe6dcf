// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.ServerAddress;
import dev.pharos.cli.rest.UnreachableException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// The options of every command that talks to the server.
final class ServerOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The server's data folder, where connection.json tells its address (default: PHAROS_DATA, else"
                            + " $XDG_DATA_HOME/pharos).")
    private @Nullable Path data;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long an answer may take (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds = 60;

    @Option(names = "--json", description = "Print the server's answer as one JSON document.")
    private boolean json;

    boolean json() {
        return json;
    }

    /// Prints an answer, as it is or as a person reads it.
    void say(PrintWriter out, JsonNode answer, String text) {
        out.println(json ? Json.text(answer) : text);
        out.flush();
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    RestClient client() throws UnreachableException {
        return new RestClient(
                ServerAddress.find(data),
                timeoutSeconds,
                line -> command.commandLine().getErr().println(line));
    }
}
