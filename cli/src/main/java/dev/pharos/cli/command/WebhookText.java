// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Webhooks as a person reads them.
final class WebhookText {
    private WebhookText() {}

    static String list(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("items").forEach(hook -> lines.add(line(hook)));
        return lines.isEmpty()
                ? "(none; make one: pharos webhooks add tickets https://tickets.example/hook --kind warning)"
                : String.join("\n", lines);
    }

    private static String line(JsonNode hook) {
        String state = text(hook, "state");
        String line = String.format("%-20s %-8s ", text(hook, "name"), state)
                + text(hook, "url")
                + Terminal.dim("  (" + hook.path("waiting").asLong() + " waiting, "
                        + hook.path("dead").asLong() + " dead)");
        return state.equals("failing") ? Terminal.red(line) : line;
    }

    static String whole(JsonNode hook) {
        List<String> lines = new ArrayList<>();
        String note = text(hook, "note");
        add(lines, "name", text(hook, "name"));
        add(lines, "state", text(hook, "state") + (note.isEmpty() ? "" : ", " + note));
        add(lines, "url", text(hook, "url"));
        add(lines, "events", told(hook));
        add(
                lines,
                "waiting",
                hook.path("waiting").asLong() + ", and " + hook.path("dead").asLong() + " given up");
        if (hook.path("replaying").asBoolean()) {
            add(lines, "replay", "events of a time that is past are being queued");
        }
        add(lines, "success", text(hook, "lastSuccess"));
        add(lines, "error", text(hook, "lastError"));
        add(lines, "retry at", text(hook, "retryAt"));
        add(lines, "old secret", text(hook, "oldSecretUntil").isEmpty() ? "" : "until " + text(hook, "oldSecretUntil"));
        add(lines, "made", text(hook, "created") + " by " + text(hook, "createdBy"));
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, String what, String value) {
        if (!value.isEmpty()) {
            lines.add(String.format("%-10s ", what) + value);
        }
    }

    private static String told(JsonNode hook) {
        List<String> kinds = new ArrayList<>();
        hook.path("kinds").forEach(kind -> kinds.add(kind.asString("")));
        String query = text(hook, "query");
        String path = text(hook, "path");
        return (kinds.isEmpty() ? "all" : String.join(", ", kinds))
                + (query.isEmpty() ? "" : " of devices " + query)
                + (path.isEmpty() ? "" : " beneath " + path);
    }

    static String secret(JsonNode answer) {
        return whole(answer.path("webhook")) + "\n" + String.format("%-10s ", "secret") + text(answer, "secret")
                + "   (shown once)";
    }

    static String test(JsonNode answer) {
        String status = text(answer, "status");
        String said = text(answer, "answer").strip();
        String line = (answer.path("delivered").asBoolean() ? "delivered" : "not delivered")
                + (status.isEmpty() ? "" : ", status " + status) + " after "
                + answer.path("millis").asLong() + " ms" + (said.isEmpty() ? "" : ": " + said);
        return answer.path("delivered").asBoolean() ? line : Terminal.red(line);
    }

    static String deliveries(JsonNode page) {
        List<String> lines = new ArrayList<>();
        for (JsonNode delivery : page.path("items")) {
            String status = text(delivery, "status");
            String answer = text(delivery, "answer").strip();
            lines.add(text(delivery, "id") + "  " + text(delivery, "eventTime") + "  event "
                    + delivery.path("seq").asLong() + "  " + text(delivery, "state") + ", "
                    + tries(delivery) + (status.isEmpty() ? "" : ", status " + status)
                    + (answer.isEmpty() ? "" : ": " + answer));
        }
        return lines.isEmpty() ? "(none)" : String.join("\n", lines);
    }

    private static String tries(JsonNode delivery) {
        int tries = delivery.path("tries").asInt();
        return tries == 1 ? "1 try" : tries + " tries";
    }

    private static String text(JsonNode node, String field) {
        return Terminal.safe(node.path(field).asString(""));
    }
}
