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

/// `pharos devices`: the inventory as a table.
@Command(
        name = "devices",
        description = "Lists the devices that the server knows.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos devices",
            "  pharos devices online:false",
            "  pharos devices gateway --json",
            "  pharos devices 'model = \"X\" and Device.WiFi.Radio.*.Channel > 11 and lastSeen < 1h'",
            "  pharos devices 'tag:pilot or software ~ beta'",
            "  pharos devices --by model                             how many there are of each",
            "  pharos devices online:true --by 'Device.WiFi.Radio.*.Channel'",
            "",
            "The query language: docs/query.md."
        })
public final class DevicesCommand extends ServerCommand implements Callable<Integer> {
    private static final int PAGE = 500;
    private static final List<String> HEADINGS = List.of("ID", "STATE", "MODEL", "SOFTWARE", "VIA", "LAST SEEN");

    @Parameters(
            arity = "0..1",
            paramLabel = "QUERY",
            description = "Which devices: words to look for, and conditions; all where there is none.")
    private @Nullable String query;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "Count them instead: by model, software, status, tag … or the path of a parameter.")
    private @Nullable String by;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        PrintWriter out = out();
        if (by != null) {
            count(by, out);
            return 0;
        }
        ArrayNode devices = fetchAll(client());
        if (json()) {
            out.println(Json.text(Json.object().put("total", devices.size()).set("items", devices)));
        } else {
            printTable(devices, out, none());
        }
        out.flush();
        return 0;
    }

    private void count(String what, PrintWriter out) throws DeniedException, UnreachableException {
        JsonNode counts = client().get("/devices/facets?by=" + RestClient.segment(what)
                + (query == null ? "" : "&q=" + RestClient.segment(query)));
        if (json()) {
            out.println(Json.text(counts));
        } else {
            DeviceCounts.of(counts).print(out);
        }
        out.flush();
    }

    private ArrayNode fetchAll(RestClient client) throws DeniedException, UnreachableException {
        ArrayNode all = Json.array(List.of());
        String cursor = "";
        do {
            JsonNode page = client.get("/devices?limit=" + PAGE
                    + (query == null ? "" : "&q=" + RestClient.segment(query))
                    + (cursor.isEmpty() ? "" : "&cursor=" + RestClient.segment(cursor)));
            page.path("items").forEach(all::add);
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return all;
    }

    private String none() {
        return query == null || query.isBlank()
                ? "(none; connect one: pharos agent --endpoint-id proto::my-host --controller ws://…/usp)"
                : "(none of the devices is meant by this query)";
    }

    private static void printTable(ArrayNode devices, PrintWriter out, String none) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (JsonNode d : devices) {
            rows.add(List.of(
                    d.path("id").asString(""),
                    d.path("status").asString("") + (d.path("verified").asBoolean(true) ? "" : " (unverified)"),
                    Terminal.safe(d.path("modelName").asString("")),
                    Terminal.safe(d.path("softwareVersion").asString("")),
                    d.path("transport").asString("-"),
                    d.path("lastSeen").asString("").replace('T', ' ').replaceFirst("\\..*|Z$", "")));
        }
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
            }
            out.println(coloured(row, line.toString().stripTrailing()));
        }
        if (devices.isEmpty()) {
            out.println(none);
        }
    }

    private static String coloured(List<String> row, String line) {
        if (row.equals(HEADINGS)) {
            return Terminal.dim(line);
        }
        return row.get(1).startsWith("online") ? line : Terminal.red(line);
    }
}
