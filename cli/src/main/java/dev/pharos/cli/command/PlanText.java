// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What profiles would change, as a person reads it.
final class PlanText {
    private static final int EXAMPLES = 3;

    private PlanText() {}

    static void print(JsonNode plan, PrintWriter out) {
        out.println(plan.path("detail").asString(""));
        for (JsonNode group : plan.path("groups")) {
            out.println();
            String line = headline(group);
            out.println(isHindrance(group) ? Terminal.red(line) : line);
            out.println(Terminal.dim("    " + Terminal.safe(group.path("why").asString(""))));
            String before = before(group);
            if (!before.isEmpty()) {
                out.println("    now " + before);
            }
            int shown = 0;
            for (JsonNode example : group.path("examples")) {
                if (shown++ < EXAMPLES) {
                    out.println("    " + example(example));
                }
            }
        }
        long more = plan.path("moreGroups").asLong();
        if (more > 0) {
            out.println();
            out.println("and " + more + " more, which are counted above");
        }
    }

    static boolean isContradictory(JsonNode plan) {
        for (JsonNode group : plan.path("groups")) {
            if (group.path("state").asString("").equals("contradiction")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHindrance(JsonNode group) {
        return List.of("contradiction", "unsaid", "lacking")
                .contains(group.path("state").asString(""));
    }

    /// `812 devices  set Device.WiFi.SSID.1.SSID = Home-{serial}`
    private static String headline(JsonNode group) {
        long devices = group.path("devices").asLong();
        long places = group.path("places").asLong();
        String place = Terminal.safe(group.path("place").asString(""));
        String wanted = Terminal.safe(group.path("wanted").asString(""));
        String what = switch (group.path("state").asString("")) {
            case "differs" -> "set " + place + " = " + wanted;
            case "missing" -> "add " + place;
            case "unknown" -> "read " + place + ", which is not known";
            case "lacking" -> "cannot have " + place;
            case "contradiction" -> "CONTRADICTION at " + place;
            default -> "cannot be told what it is to be: " + place;
        };
        return String.format("%,d %s  ", devices, devices == 1 ? "device" : "devices")
                + what
                + (places > devices ? String.format("  (%,d rows)", places) : "");
    }

    private static String before(JsonNode group) {
        List<String> texts = new ArrayList<>();
        for (JsonNode before : group.path("before")) {
            texts.add("\"" + Terminal.safe(before.path("value").asString("")) + "\""
                    + String.format(" (%,d)", before.path("places").asLong()));
        }
        long others = group.path("otherBefores").asLong();
        if (others > 0) {
            texts.add(String.format("others (%,d)", others));
        }
        return String.join(", ", texts);
    }

    private static String example(JsonNode example) {
        String text = Terminal.safe(example.path("device").asString("")) + "  "
                + Terminal.safe(example.path("path").asString(""));
        if (example.has("before")) {
            text += "  " + Terminal.safe(example.path("before").asString(""));
        }
        return example.has("after")
                ? text + " → " + Terminal.safe(example.path("after").asString(""))
                : text;
    }
}
