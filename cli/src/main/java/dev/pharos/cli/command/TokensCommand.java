// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos tokens`: what programs sign in with.
@Command(
        name = "tokens",
        description = "Lists the tokens that let programs in, makes one, or removes one.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Roles: viewer, support, engineer, auditor, admin; docs/people.md says what each may do.",
            "",
            "Examples:",
            "  pharos tokens",
            "  pharos tokens --make grafana --role viewer --days 365      the secret is shown once",
            "  pharos tokens --make north --role support --only 'tag:north'    sees these devices only (docs/query.md)",
            "  pharos tokens --remove 3hJk0dQ2w9aX"
        })
public final class TokensCommand extends ServerCommand implements Callable<Integer> {
    private static final String TOKENS = "/tokens";

    @Option(names = "--make", paramLabel = "NAME", description = "A new token of this name.")
    private @Nullable String make;

    @Option(names = "--role", paramLabel = "ROLE", description = "What may be done with it.")
    private @Nullable String role;

    @Option(
            names = "--only",
            paramLabel = "QUERY",
            description = "The devices of this query only are seen with it (default: every device).")
    private @Nullable String only;

    @Option(
            names = "--changes",
            paramLabel = "PATHS",
            description =
                    "No more than these are changed with it, with commas between them (default: what the role may).")
    private @Nullable String changes;

    @Option(names = "--days", paramLabel = "N", description = "After how many it expires (default: never).")
    private @Nullable Integer days;

    @Option(names = "--remove", paramLabel = "ID", description = "Let nobody in by it any more.")
    private @Nullable String remove;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        checkUsage();
        RestClient client = client();
        if (remove != null) {
            client.delete(TOKENS + "/" + RestClient.segment(remove));
            say(Json.object().put("removed", remove), "removed " + remove);
        } else if (make != null) {
            ObjectNode body =
                    UsersCommand.limited(Json.object().put("name", make).put("role", role), only, changes);
            if (days != null) {
                body.put("days", days);
            }
            JsonNode made = client.post(TOKENS, body);
            say(made, line(made) + "\n" + Terminal.safe(made.path("token").asString("")) + "   (shown once)");
        } else {
            list(client.get(TOKENS));
        }
        return 0;
    }

    private void checkUsage() {
        if (make != null && remove != null) {
            throw new WrongUsageException("either --make or --remove");
        }
        if (make == null && (role != null || only != null || changes != null || days != null)) {
            throw new WrongUsageException("--role, --only, --changes and --days go with --make NAME");
        }
        if (make != null && role == null) {
            throw new WrongUsageException("what may be done with it? --role ROLE is missing");
        }
    }

    private void list(JsonNode answer) {
        StringBuilder lines = new StringBuilder();
        answer.path("items").forEach(token -> lines.append(line(token)).append('\n'));
        say(answer, lines.toString().stripTrailing());
    }

    private static String line(JsonNode token) {
        String expires = token.path("expires").asString("");
        return Terminal.safe(token.path("id").asString("")) + "  "
                + Terminal.safe(token.path("name").asString("")) + "  "
                + Terminal.safe(token.path("role").asString("")) + UsersCommand.scope(token)
                + Terminal.dim("  by " + Terminal.safe(token.path("createdBy").asString("")) + "  "
                        + (expires.isEmpty() ? "never expires" : "until " + expires));
    }

    private void say(JsonNode answer, String text) {
        PrintWriter out = out();
        out.println(json() ? Json.text(answer) : text);
        out.flush();
    }
}
