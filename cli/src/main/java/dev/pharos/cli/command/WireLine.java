// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;

/// What passed on the wire as one line of a terminal.
final class WireLine {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private WireLine() {}

    static String of(JsonNode entry) {
        boolean in = entry.path("direction").asString("in").equals("in");
        String device = entry.path("device").asString("");
        String who = device.isEmpty() ? entry.path("address").asString("unknown") : device;
        int bytes = entry.path("bytes").asInt(0);
        String transport = entry.path("transport").asString("");
        String session = entry.path("session").asString("");
        return Terminal.dim(CLOCK.format(Instant.parse(entry.path("time").asString("1970-01-01T00:00:00Z")))) + "  "
                + (in ? "<-" : "->") + "  " + Terminal.safe(who) + "  "
                + Terminal.dim((transport.isEmpty() ? "-" : transport) + (session.isEmpty() ? "" : " " + session))
                + "  "
                + what(entry)
                + (bytes > 0 ? Terminal.dim("  " + bytes + " B") : "");
    }

    private static String what(JsonNode entry) {
        String summary = Terminal.safe(entry.path("summary").asString(""));
        if (entry.path("refused").isNull()) {
            return summary;
        }
        String reason = Terminal.safe(entry.path("refused").asString(""));
        String what = summary.isEmpty() || summary.equals(reason) ? "" : "  (" + summary + ")";
        return Terminal.red("refused: " + reason) + what;
    }

    static String gap(long missed) {
        return Terminal.red("…  " + missed + (missed == 1 ? " record" : " records")
                + " not shown: this terminal was slower than the wire");
    }
}
