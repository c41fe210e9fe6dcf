// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Reports that devices make by themselves, for people.
final class BulkText {
    private static final Map<String, String> WAYS = Map.of("USPEventNotif", "event", "HTTP", "http", "MQTT", "mqtt");

    private BulkText() {}

    /// What one device reports, and what came.
    static List<String> ofDevice(JsonNode bulk) {
        List<String> lines = new ArrayList<>();
        JsonNode received = bulk.path("received");
        lines.addAll(refused(received, bulk.path("refusals"), false));
        String status = text(bulk, "status");
        if (!status.isEmpty() && !status.equals("Enabled")) {
            lines.add(Terminal.red("reports of this device are " + status));
        }
        if (!bulk.path("asked").asBoolean()) {
            lines.add("as it was known last" + (bulk.has("asOf") ? ", " + text(bulk, "asOf") : ""));
        }
        bulk.path("profiles").forEach(profile -> lines.add(profile(profile)));
        if (bulk.path("profiles").isEmpty()) {
            lines.add("the device makes no reports");
        }
        lines.add(taken(received));
        return lines;
    }

    private static String profile(JsonNode profile) {
        List<String> paths = new ArrayList<>();
        profile.path("parameters")
                .forEach(each -> paths.add((each.path("excluded").asBoolean() ? "not " : "") + text(each, "path")));
        String name = text(profile, "name");
        String protocol = text(profile, "protocol");
        return "%3d  %-3s  every %d s  %s  %s%s"
                .formatted(
                        profile.path("number").asLong(),
                        profile.path("enabled").asBoolean() ? "on" : "off",
                        profile.path("interval").asLong(),
                        WAYS.getOrDefault(protocol, protocol),
                        String.join(" ", paths),
                        name.isEmpty() ? "" : "  (" + name + ")");
    }

    /// What of all devices came, what was refused and of strangers first.
    static List<String> ofAll(JsonNode collector) {
        JsonNode received = collector.path("received");
        List<String> lines = new ArrayList<>(refused(received, collector.path("refusals"), true));
        collector
                .path("outcomes")
                .forEach(outcome -> lines.add("%9d  %s, the last %s"
                        .formatted(outcome.path("number").asLong(), text(outcome, "outcome"), text(outcome, "last"))));
        lines.add(collector.path("devices").asLong() + " devices have reported");
        lines.add(taken(received));
        return lines;
    }

    private static List<String> refused(JsonNode received, JsonNode refusals, boolean named) {
        List<String> lines = new ArrayList<>();
        if (received.path("refused").asLong() > 0) {
            lines.add(Terminal.red(received.path("refused").asLong() + " deliveries were refused"));
        }
        for (JsonNode refusal : refusals) {
            String who = refusal.has("device")
                    ? text(refusal, "device")
                    : "nobody of ours, " + (text(refusal, "said").isEmpty() ? "" : text(refusal, "said") + " at ")
                            + text(refusal, "address");
            lines.add("  " + text(refusal, "time") + "  " + (named ? who + "  " : "") + text(refusal, "way") + "  "
                    + text(refusal, "reason"));
        }
        return lines;
    }

    private static String taken(JsonNode received) {
        long unknown = received.path("unknown").asLong();
        return received.path("deliveries").asLong() + " deliveries were taken, "
                + received.path("kept").asLong()
                + " values kept"
                + (unknown == 0 ? "" : ", " + unknown + " under names that are no parameters")
                + (received.has("last") ? ", the last " + text(received, "last") : "");
    }

    private static String text(JsonNode values, String name) {
        return Terminal.safe(values.path(name).asString(""));
    }
}
