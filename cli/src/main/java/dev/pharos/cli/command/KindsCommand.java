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

/// `pharos kinds`: kinds of devices that do TR-069 otherwise.
@Command(
        name = "kinds",
        description = {
            "Lists the kinds of devices that do TR-069 otherwise than it is written, or have other names;",
            "with ID, how that device is treated, and why, or by which names it is known."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos kinds                      all that the server knows, in the order of their files",
            "  pharos kinds ops::00256D-Box-1    of which one device is, and what so counts for it",
            "  pharos kinds ops::00256D-Box-1 --names   what is shown by a name that all share, and its own",
            "  pharos kinds --read               reads the files of the data folder's kinds/ again",
            "",
            "How to write such files: docs/kinds.md."
        })
public final class KindsCommand extends ServerCommand implements Callable<Integer> {
    private static final String KINDS = "/kinds";

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Of which device.")
    private @Nullable String device;

    @Option(
            names = "--read",
            description = "Read the server's files again; each device is treated so from its next session.")
    private boolean read;

    @Option(names = "--names", description = "What the device calls that which is shown by a name that all share.")
    private boolean names;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        if (read && device != null) {
            throw wrong("--read is for all files, and takes no ID");
        }
        if (names && device == null) {
            throw wrong("of which device? Its ID is missing");
        }
        if (device != null && names) {
            return print(
                    client().get("/devices/" + RestClient.segment(device) + "/twin?path=Device."), KindsCommand::named);
        }
        if (device != null) {
            return print(client().get("/devices/" + RestClient.segment(device) + KINDS), KindsCommand::treated);
        }
        RestClient client = client();
        return print(read ? client.post(KINDS + "/reading", Json.object()) : client.get(KINDS), KindsCommand::all);
    }

    private static void all(JsonNode kinds, PrintWriter out) {
        kinds.path("items").forEach(kind -> {
            kind(kind, out);
            kind.path("quirks").forEach(quirk -> out.println("  " + said(quirk)));
            if (kind.path("names").asInt(0) > 0) {
                out.println("  names: " + kind.path("names").asInt(0));
            }
        });
        if (kinds.path("items").isEmpty()) {
            out.println("(none)");
        }
    }

    private static void kind(JsonNode kind, PrintWriter out) {
        out.println(text(kind, "name") + "  " + text(kind, "match") + "  " + Terminal.dim(text(kind, "origin")));
        out.println("  " + Terminal.dim(text(kind, "because")));
    }

    private static void treated(JsonNode device, PrintWriter out) {
        device.path("quirks")
                .forEach(quirk -> out.println(said(quirk) + "  "
                        + Terminal.dim("as " + text(quirk, "kind") + " (" + text(quirk, "origin") + "): "
                                + text(quirk, "because"))));
        if (device.path("quirks").isEmpty()) {
            out.println("treated as all devices are");
        }
    }

    private static void named(JsonNode twin, PrintWriter out) {
        int named = 0;
        for (JsonNode item : twin.path("items")) {
            if (item.has("from")) {
                named++;
                out.println(text(item, "path") + "  " + Terminal.dim(text(item, "from")));
            }
        }
        if (named == 0) {
            out.println("(every name is the device's own)");
        }
    }

    private static String said(JsonNode quirk) {
        List<String> values = new ArrayList<>();
        quirk.path("values").forEach(value -> values.add(Terminal.safe(value.asString(""))));
        return text(quirk, "quirk") + ": " + String.join(", ", values);
    }

    private static String text(JsonNode node, String field) {
        return Terminal.safe(node.path(field).asString(""));
    }
}
