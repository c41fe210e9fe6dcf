// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `pharos audit`: who did what.
@Command(
        name = "audit",
        description = "Shows who did what, newest first.",
        mixinStandardHelpOptions = true,
        subcommands = {AuditVerifyCommand.class},
        footer = {
            "",
            "Examples:",
            "  pharos audit",
            "  pharos audit --device os::0200F0-1 --text KeyPassphrase",
            "  pharos audit --user anna --since 2026-01-31T00:00:00Z --json",
            "  pharos audit verify",
            "",
            "More: docs/audit.md."
        })
public final class AuditCommand extends ServerCommand implements Callable<Integer> {
    static final String AUDIT = "/audit";
    private static final int MOST = 1_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Option(names = "--user", paramLabel = "NAME", description = "By whom.")
    private @Nullable String user;

    @Option(names = "--device", paramLabel = "ID", description = "On which device.")
    private @Nullable String device;

    @Option(names = "--action", paramLabel = "TEXT", description = "How the action begins: set, operate, create job …")
    private @Nullable String action;

    @Option(names = "--text", paramLabel = "TEXT", description = "In the detail, such as the path of a parameter.")
    private @Nullable String text;

    @Option(names = "--since", paramLabel = "TIME", description = "Not before: 2026-01-31T00:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before: 2026-02-01T00:00:00Z.")
    private @Nullable String until;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100, most: 1000).")
    private int limit = 100;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        if (limit < 1 || limit > MOST) {
            throw new WrongUsageException("--limit must be 1 to " + MOST);
        }
        PrintWriter out = out();
        JsonNode page = client().get(AUDIT + "?limit=" + limit + search());
        if (json()) {
            out.println(Json.text(page));
        } else {
            page.path("items").forEach(entry -> out.println(line(entry)));
        }
        out.flush();
        return 0;
    }

    private String search() {
        StringBuilder query = new StringBuilder();
        add(query, "user", user);
        add(query, "device", device);
        add(query, "action", action);
        add(query, "text", text);
        add(query, "since", since);
        add(query, "until", until);
        return query.toString();
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&').append(name).append('=').append(RestClient.segment(value));
        }
    }

    private static String line(JsonNode entry) {
        String on = entry.path("device").asString("");
        return Terminal.dim(TIME.format(Instant.parse(entry.path("time").asString("1970-01-01T00:00:00Z")))) + "  "
                + Terminal.safe(entry.path("user").asString("")) + "  "
                + Terminal.green(Terminal.safe(entry.path("action").asString(""))) + "  "
                + (on.isEmpty() ? "" : Terminal.safe(on) + "  ")
                + Terminal.safe(entry.path("detail").asString(""));
    }
}
