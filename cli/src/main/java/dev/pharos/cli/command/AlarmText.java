// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Alarms and their rules as a person reads them.
final class AlarmText {
    private AlarmText() {}

    static String list(JsonNode page) {
        List<String> lines = new ArrayList<>();
        page.path("items").forEach(alarm -> lines.add(line(alarm)));
        return lines.isEmpty() ? "(none)" : String.join("\n", lines);
    }

    private static String line(JsonNode alarm) {
        String severity = text(alarm, "severity");
        String assignee = text(alarm, "assignee");
        String line = String.format("%6d  %-8s  %-8s  ", alarm.path("id").asLong(), severity, text(alarm, "state"))
                + text(alarm, "raised") + "  " + whom(alarm) + "  " + text(alarm, "rule") + ": " + text(alarm, "text")
                + (assignee.isEmpty() ? "" : Terminal.dim("  (" + assignee + ")"));
        boolean loud = severity.equals("critical") || severity.equals("major");
        return loud && text(alarm, "cleared").isEmpty() ? Terminal.red(line) : line;
    }

    private static String whom(JsonNode alarm) {
        String device = text(alarm, "device");
        return device.isEmpty() ? "(all)" : device;
    }

    static String whole(JsonNode alarm) {
        List<String> lines = new ArrayList<>();
        lines.add(line(alarm));
        String muted = text(alarm, "mutedUntil");
        if (!muted.isEmpty()) {
            lines.add("muted until " + muted);
        }
        String cleared = text(alarm, "cleared");
        if (!cleared.isEmpty()) {
            String by = text(alarm, "clearedBy");
            lines.add("cleared " + cleared + (by.isEmpty() ? " by itself" : " by " + by));
        }
        for (JsonNode note : alarm.path("notes")) {
            lines.add(text(note, "time") + "  " + text(note, "by") + ": " + text(note, "text"));
        }
        return String.join("\n", lines);
    }

    static String rules(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("items").forEach(rule -> lines.add(rule(rule)));
        return lines.isEmpty()
                ? "(none; make one: pharos alarms rule away --severity minor --when online:false --for 15m)"
                : String.join("\n", lines);
    }

    static String rule(JsonNode rule) {
        String query = text(rule, "query");
        String note = text(rule, "note");
        boolean share = rule.has("percent");
        return String.format("%-20s %-8s ", text(rule, "name"), text(rule, "severity"))
                + text(rule, "text")
                + (query.isEmpty() || share ? "" : ", of " + query)
                + Terminal.dim("  (" + rule.path("open").asLong() + " open)")
                + (note.isEmpty() ? "" : "\n" + Terminal.red("    " + note));
    }

    private static String text(JsonNode node, String field) {
        return Terminal.safe(node.path(field).asString(""));
    }
}
