// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reports that a device makes, for people.
final class BulkText {
    private static final Pattern PROFILE = Pattern.compile("Device\\.BulkData\\.Profile\\.([0-9]{1,9})\\.(.*)");

    private BulkText() {}

    /// @param answer to a Get of `Device.BulkData.`
    static List<String> table(JsonNode answer) {
        String status = "";
        Map<Long, JsonNode> profiles = new TreeMap<>();
        Map<Long, List<String>> references = new TreeMap<>();
        for (JsonNode result : answer.path("requestedPathResults")) {
            for (JsonNode object : result.path("resolvedPathResults")) {
                String path = object.path("resolvedPath").asString("");
                JsonNode values = object.path("resultParams");
                if (path.equals("Device.BulkData.")) {
                    status = text(values, "Status");
                }
                Matcher profile = PROFILE.matcher(path);
                if (profile.matches() && profile.group(2).isEmpty()) {
                    profiles.put(Long.valueOf(profile.group(1)), values);
                } else if (profile.matches() && profile.group(2).startsWith("Parameter.")) {
                    references
                            .computeIfAbsent(Long.valueOf(profile.group(1)), _ -> new ArrayList<>())
                            .add(text(values, "Reference"));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        if (!status.isEmpty() && !status.equals("Enabled")) {
            lines.add(Terminal.red("reports of this device are " + status));
        }
        profiles.forEach((number, values) -> lines.add("%3d  %-3s  every %s s  %s  %s"
                .formatted(
                        number,
                        text(values, "Enable").equals("true") ? "on" : "off",
                        text(values, "ReportingInterval"),
                        text(values, "Protocol").equals("USPEventNotif") ? "event" : text(values, "Protocol"),
                        String.join(" ", references.getOrDefault(number, List.of())))));
        if (profiles.isEmpty()) {
            lines.add("the device makes no reports");
        }
        return lines;
    }

    private static String text(JsonNode values, String name) {
        return Terminal.safe(values.path(name).asString(""));
    }
}
