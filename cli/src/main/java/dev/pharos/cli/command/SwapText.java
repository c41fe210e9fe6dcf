// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a new router gets of an old one, as a person reads it.
final class SwapText {
    /// Characters of a value in the table; all of it stands in the JSON.
    private static final int SHOWN = 40;

    private static final List<String> HEADINGS = List.of("setting", "old router", "new router", "");

    private SwapText() {}

    static void print(JsonNode plan, PrintWriter out) {
        out.println("old  " + side(plan.path("from")));
        out.println("new  " + side(plan.path("to")));
        out.println();
        out.println(plan.path("detail").asString(""));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode line : plan.path("settings")) {
            rows.add(List.of(
                    Terminal.safe(line.path("name").asString("")),
                    value(line, "old"),
                    line.has("now") ? value(line, "now") : "-",
                    action(line)));
        }
        if (!rows.isEmpty()) {
            rows.addFirst(HEADINGS);
            out.println();
            table(rows, out);
        }
        out.println();
        print("tags that go over", plan.path("tags"), out);
        print("notes that go over", plan.path("attributes"), out);
    }

    private static void print(String what, JsonNode items, PrintWriter out) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(Terminal.safe(item.asString(""))));
        if (!texts.isEmpty()) {
            out.println(what + ": " + String.join(", ", texts));
        }
    }

    /// What was to be set, and how it is now.
    ///
    /// @param done whether all of it was written, which is all that is known of secrets
    static void printChecked(JsonNode before, JsonNode after, boolean done, PrintWriter out) {
        for (JsonNode line : before.path("settings")) {
            if (!line.path("action").asString("").equals("set")) {
                continue;
            }
            String name = Terminal.safe(line.path("name").asString(""));
            if (line.path("secret").asBoolean(false)) {
                out.println(
                        done
                                ? Terminal.green("  set ") + "  " + name + " (nobody can read it back)"
                                : "  ?     " + name + " (nobody can read whether it is set)");
            } else if (same(after, line.path("id").asString(""))) {
                out.println(Terminal.green("  ✓   ") + "  " + name + " = " + value(line, "old"));
            } else {
                out.println(Terminal.red("  not ") + "  " + name);
            }
        }
        out.flush();
    }

    private static boolean same(JsonNode plan, String id) {
        for (JsonNode line : plan.path("settings")) {
            if (line.path("id").asString("").equals(id)) {
                return line.path("action").asString("").equals("same");
            }
        }
        return false;
    }

    private static String side(JsonNode side) {
        String model = (side.path("manufacturer").asString("") + " "
                        + side.path("modelName").asString(""))
                .strip();
        String transport = side.path("transport").asString("");
        return side.path("id").asString("")
                + (model.isEmpty() ? "" : ", " + Terminal.safe(model))
                + (transport.isEmpty() ? "" : ", " + (transport.equals("cwmp") ? "TR-069" : "USP over " + transport))
                + (side.path("online").asBoolean(false)
                        ? ", online"
                        : ", last seen " + ago(side.path("lastSeen").asString("")));
    }

    private static String ago(String time) {
        return moment(time)
                .map(then -> Duration.between(then, Instant.now()))
                .map(age -> age.toDays() > 1
                        ? age.toDays() + " days ago"
                        : age.toHours() > 1
                                ? age.toHours() + " hours ago"
                                : Math.max(0, age.toMinutes()) + " minutes ago")
                .orElse("never");
    }

    private static Optional<Instant> moment(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private static String value(JsonNode line, String column) {
        if (line.path("secret").asBoolean(false)) {
            return "(secret)";
        }
        String value = Terminal.safe(line.path(column).path("value").asString(""));
        return value.codePointCount(0, value.length()) <= SHOWN
                ? value
                : value.substring(0, value.offsetByCodePoints(0, SHOWN - 1)) + "…";
    }

    private static String action(JsonNode line) {
        String why = Terminal.safe(line.path("why").asString(""));
        return switch (line.path("action").asString("")) {
            case "set" -> "will be set" + (why.isEmpty() ? "" : ": " + why);
            case "same" -> "is so";
            default -> "cannot: " + why;
        };
    }

    private static void table(List<List<String>> rows, PrintWriter out) {
        int columns = HEADINGS.size() - 1;
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
            }
            String text = line.append(row.getLast()).toString().stripTrailing();
            if (row.equals(HEADINGS)) {
                out.println(Terminal.dim(text));
            } else if (row.getLast().startsWith("cannot")) {
                out.println(Terminal.red(text));
            } else {
                out.println(row.getLast().equals("is so") ? Terminal.dim(text) : text);
            }
        }
    }
}
