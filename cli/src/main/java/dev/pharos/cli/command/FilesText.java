// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Files of a device, for people.
final class FilesText {
    private FilesText() {}

    static List<String> table(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode file : answer.path("items")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%5d  %-7s  %,12d  %s  %s  %s",
                    file.path("id").asLong(),
                    text(file, "kind"),
                    file.path("size").asLong(),
                    time(text(file, "received")),
                    text(file, "name"),
                    Terminal.dim("by " + text(file, "by"))));
        }
        if (lines.isEmpty()) {
            lines.add("no files of this device are kept");
        }
        for (JsonNode offer : answer.path("offers")) {
            String verb = text(offer, "kind").equals("config") ? "backup" : "log";
            lines.add(
                    Terminal.dim("has    " + verb + " " + offer.path("number").asLong() + "  " + text(offer, "name")));
        }
        for (JsonNode request : answer.path("requests")) {
            if (!text(request, "state").equals("complete")) {
                lines.add(Terminal.dim("asked  " + time(text(request, "begun")) + "  ") + outcome(request));
            }
        }
        return lines;
    }

    /// What became of one request.
    static String outcome(JsonNode request) {
        String what = text(request, "action") + " of " + text(request, "name");
        long file = request.path("file").asLong();
        String fault = text(request, "fault");
        return switch (text(request, "state")) {
            case "complete" ->
                Terminal.green("done") + "  "
                        + (List.of("restore", "send").contains(text(request, "action"))
                                ? "the device has taken file " + file
                                : text(request, "name") + " is kept as file " + file);
            case "running" -> running(request, what, fault);
            case "lost" -> "nothing came of the " + what + (fault.isEmpty() ? "" : ": " + fault);
            default -> what + " failed: " + fault;
        };
    }

    private static String running(JsonNode request, String what, String fault) {
        String waits = AwaitedSession.words(request, InstantSource.system());
        return waits.isEmpty()
                ? "the device works on the " + what + (fault.isEmpty() ? "" : "; the last try: " + fault)
                : "the " + what + " " + waits;
    }

    private static String time(String instant) {
        return instant.replaceFirst("[.][0-9]+Z$", "Z");
    }

    private static String text(JsonNode node, String field) {
        return Terminal.safe(node.path(field).asString(""));
    }
}
