// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos groups`: queries for devices that have a name.
@Command(
        name = "groups",
        description = "Lists groups of devices, saves a query as one, or deletes one.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos groups                                         all, with how many devices are in each now",
            "  pharos groups pilot 'tag:pilot and model = \"X\"'     saves a query, or gives the group another",
            "  pharos groups old 'group:pilot and lastSeen > 30d'    a group may be made of others",
            "  pharos groups pilot                                   one of them",
            "  pharos groups pilot --delete",
            "  pharos devices group:pilot                            who is in it",
            "",
            "The query language: docs/query.md."
        })
public final class GroupsCommand extends ServerCommand implements Callable<Integer> {
    private static final String GROUPS = "/groups";

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Which group; all where there is none.")
    private @Nullable String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "QUERY", description = "What it is to be.")
    private @Nullable String query;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String description;

    @Option(names = "--delete", description = "Forget the group; its devices stay.")
    private boolean delete;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        checkUsage();
        PrintWriter out = out();
        RestClient client = client();
        if (name == null) {
            print(all(client), out);
        } else if (delete) {
            client.delete(path(name));
            if (!json()) {
                out.println("deleted " + name);
            }
        } else {
            print(List.of(query == null ? client.get(path(name)) : saved(client, name, query)), out);
        }
        out.flush();
        return 0;
    }

    private void checkUsage() {
        if (name == null && (delete || description != null)) {
            throw wrong("which group? Its NAME is missing");
        }
        if (delete && (query != null || description != null)) {
            throw wrong("--delete takes a NAME and nothing else");
        }
        if (query == null && description != null) {
            throw wrong("--description goes with a QUERY");
        }
    }

    private static String path(String group) {
        return GROUPS + "/" + RestClient.segment(group);
    }

    private JsonNode saved(RestClient client, String group, String what) throws DeniedException, UnreachableException {
        ObjectNode body = Json.object().put("query", what);
        if (description != null) {
            body.put("description", description);
        }
        return client.put(path(group), body);
    }

    /// Each is counted by a request of its own, so that one that takes long does not hold up a list of hundreds at the
    /// server.
    private static List<JsonNode> all(RestClient client) throws DeniedException, UnreachableException {
        List<JsonNode> counted = new ArrayList<>();
        for (JsonNode group : client.get(GROUPS).path("items")) {
            counted.add(client.get(path(group.path("name").asString(""))));
        }
        return counted;
    }

    private void print(List<JsonNode> groups, PrintWriter out) {
        if (json()) {
            ArrayNode items = Json.array(List.of());
            groups.forEach(items::add);
            out.println(Json.text(name == null ? Json.object().set("items", items) : groups.getFirst()));
            return;
        }
        int widest = groups.stream()
                .mapToInt(group -> group.path("name").asString("").length())
                .max()
                .orElse(0);
        for (JsonNode group : groups) {
            String label = group.path("name").asString("");
            String about = group.path("description").asString("");
            out.println(Terminal.safe(label)
                    + " ".repeat(widest - label.length() + 2)
                    + String.format("%6d  ", group.path("devices").asLong())
                    + Terminal.safe(group.path("query").asString(""))
                    + (about.isEmpty() ? "" : Terminal.dim("  (" + Terminal.safe(about) + ")")));
        }
        if (groups.isEmpty()) {
            out.println("(none; save one: pharos groups pilot tag:pilot)");
        }
    }
}
