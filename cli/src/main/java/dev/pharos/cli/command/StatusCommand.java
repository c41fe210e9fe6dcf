// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// `pharos status`: how the server is.
@Command(
        name = "status",
        description = "How the server is: what somebody should see to, then version, database, disk, listeners with"
                + " their certificates, brokers, what waits, who was held back, and the last backup.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos status",
            "  pharos status --json | jq -r '.troubles[]'",
            "",
            "It takes the right to manage people. More: docs/server.md."
        })
public final class StatusCommand extends ServerCommand implements Callable<Integer> {
    private static final int NAME_WIDTH = 11;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return print(client().get("/system"), StatusCommand::print);
    }

    private static void print(JsonNode state, PrintWriter out) {
        Instant now = Instant.now();
        state.path("troubles").forEach(trouble -> out.println(Terminal.red("!") + " " + text(trouble)));
        if (state.path("troubles").isEmpty()) {
            out.println(Terminal.green("All is well."));
        }
        out.println();
        line(out, "version", text(state, "version") + Terminal.dim("  Java " + text(state, "java")));
        line(out, "server", text(state, "server") + Terminal.dim("  " + text(state, "endpointId")));
        line(out, "runs", "for " + age(text(state, "started"), now));
        JsonNode memory = state.path("memory");
        line(out, "memory", size(memory, "used") + " of at most " + size(memory, "most"));
        JsonNode disk = state.path("disk");
        line(
                out,
                "disk",
                size(disk, "free") + " of " + size(disk, "size") + " free" + Terminal.dim("  " + text(disk, "folder")));
        line(out, "database", database(state.path("database")));
        line(
                out,
                "backup",
                state.has("lastBackup") ? age(text(state, "lastBackup"), now) + " ago" : Terminal.red("never"));
        JsonNode rates = state.path("rates");
        line(
                out,
                "limits",
                "requests " + rates.path("requests").asString("off") + ", heavy "
                        + rates.path("heavy").asString("off") + ", not signed in "
                        + rates.path("unknown").asString("off") + ", streams each "
                        + rates.path("streams").asInt());
        line(
                out,
                "open",
                state.path("openStreams").asInt() + " streams, "
                        + state.path("openSessions").asInt() + " sessions");
        lists(state, now, out);
    }

    private static String database(JsonNode database) {
        if (!database.path("up").asBoolean(false)) {
            return Terminal.red("does not answer");
        }
        return "PostgreSQL " + text(database, "version") + (database.path("own").asBoolean(false) ? " of our own" : "")
                + ", " + size(database, "bytes") + ", schema " + text(database, "schema") + ", "
                + database.path("connections").asInt() + " of "
                + database.path("mostConnections").asInt() + " connections in use";
    }

    private static void lists(JsonNode state, Instant now, PrintWriter out) {
        heading(out, "listeners", state.path("listeners"));
        for (JsonNode listener : state.path("listeners")) {
            JsonNode certificate = listener.path("certificate");
            line(
                    out,
                    "  " + text(listener, "name"),
                    text(listener, "address")
                            + (certificate.isMissingNode()
                                    ? ""
                                    : Terminal.dim("  " + text(certificate, "subject") + ", until "
                                            + text(certificate, "until"))));
        }
        heading(out, "brokers", state.path("brokers"));
        for (JsonNode broker : state.path("brokers")) {
            boolean up = broker.path("up").asBoolean(false);
            line(out, "  " + text(broker, "name"), up ? "our session stands" : Terminal.red("no session"));
        }
        heading(out, "waiting", state.path("queues"));
        for (JsonNode queue : state.path("queues")) {
            line(
                    out,
                    "  " + text(queue, "name"),
                    queue.path("waiting").asLong()
                            + (queue.has("oldest")
                                    ? Terminal.dim("  the first for " + age(text(queue, "oldest"), now))
                                    : ""));
        }
        heading(out, "sign-in", state.path("providers"));
        for (JsonNode provider : state.path("providers")) {
            line(
                    out,
                    "  " + text(provider, "label"),
                    provider.has("trouble")
                            ? Terminal.red(text(provider, "trouble"))
                            : Terminal.dim(text(provider, "issuer")));
        }
        heading(out, "held back", state.path("limited"));
        for (JsonNode limited : state.path("limited")) {
            line(
                    out,
                    "  " + text(limited, "who"),
                    text(limited, "of") + ", " + limited.path("count").asLong() + " times, the last "
                            + age(text(limited, "last"), now) + " ago");
        }
    }

    private static void heading(PrintWriter out, String name, JsonNode list) {
        if (!list.isEmpty()) {
            out.println();
            out.println(name);
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(name + " ".repeat(Math.max(2, NAME_WIDTH - name.length())) + value);
    }

    private static String age(String time, Instant now) {
        Duration age = Duration.between(Instant.parse(time), now);
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        if (age.toHours() > 1) {
            return age.toHours() + " hours";
        }
        return age.toMinutes() > 1 ? age.toMinutes() + " minutes" : Math.max(0, age.toSeconds()) + " seconds";
    }

    private static String size(JsonNode of, String field) {
        return FirmwareText.size(of.path(field).asLong());
    }

    private static String text(JsonNode of, String field) {
        return text(of.path(field));
    }

    private static String text(JsonNode value) {
        return Terminal.safe(value.asString(""));
    }
}
