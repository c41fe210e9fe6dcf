// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// A command that asks the server, and prints what it answers: as one JSON document where `--json` asks for that, else
/// as a person reads it.
class ServerCommand {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    final RestClient client() throws UnreachableException {
        return server.client();
    }

    final boolean json() {
        return server.json();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /// What is wrong with how it was called: it ends with exit status 2.
    final ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// Prints an answer, for people by a method of their own.
    ///
    /// @return the exit status
    final int print(JsonNode answer, BiConsumer<JsonNode, PrintWriter> text) {
        if (json()) {
            out().println(Json.text(answer));
        } else {
            text.accept(answer, out());
        }
        out().flush();
        return 0;
    }

    /// Prints an answer, for people as a line.
    ///
    /// @return the exit status
    final int print(JsonNode answer, String line) {
        return print(answer, (_, to) -> to.println(line));
    }

    /// The same of a subcommand that is a method, and so has its options as an argument.
    final int print(ServerOptions at, JsonNode answer, String line) {
        at.say(out(), answer, line);
        return 0;
    }

    /// Prints what stands on all pages of an answer; as JSON, all in one.
    ///
    /// @param path with a `limit`
    /// @param text prints one, for people
    /// @return the exit status
    final int printPages(String path, Consumer<JsonNode> text) throws DeniedException, UnreachableException {
        RestClient client = client();
        ArrayNode all = Json.array(List.of());
        String cursor = "";
        do {
            JsonNode page = client.get(path + (cursor.isEmpty() ? "" : "&cursor=" + RestClient.segment(cursor)));
            page.path("items").forEach(json() ? all::add : text);
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        if (json()) {
            out().println(Json.text(Json.object().set("items", all)));
        }
        out().flush();
        return 0;
    }
}
