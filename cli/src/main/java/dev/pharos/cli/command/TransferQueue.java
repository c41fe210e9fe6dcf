// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a device of TR-069 has yet to fetch or send, and its options.
record TransferQueue(ServerCommand command, RestClient client, String device) {
    private static final long LARGEST = 16 << 10;

    /// @param word `queue`, `cancel`, `options` or `voucher`
    int run(String word, @Nullable String which) throws DeniedException, UnreachableException {
        String place = "/devices/" + RestClient.segment(device);
        return switch (word) {
            case "queue" -> command.print(client.get(place + "/transfers"), TransferQueue::queued);
            case "cancel" ->
                command.print(
                        client.remove(place + "/transfers/" + RestClient.segment(said(word, which))),
                        TransferQueue::done);
            case "options" ->
                command.print(
                        client.get(place + "/options" + (which == null ? "" : "?name=" + RestClient.segment(which))),
                        TransferQueue::options);
            default -> command.print(client.post(place + "/options", voucher(said(word, which))), TransferQueue::done);
        };
    }

    private static String said(String word, @Nullable String which) {
        if (which == null) {
            throw new WrongUsageException(
                    word + " needs " + (word.equals("cancel") ? "the key of a transfer" : "a file"));
        }
        return which;
    }

    private static JsonNode voucher(String given) {
        Path file = Path.of(given);
        try {
            if (Files.size(file) > LARGEST) {
                throw new WrongUsageException(file + " is no voucher: it has more than " + LARGEST + " bytes");
            }
            String encoded = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
            return Json.object().set("vouchers", Json.array(List.of(encoded)));
        } catch (IOException unreadable) {
            throw new WrongUsageException("cannot read " + file);
        }
    }

    private static void queued(JsonNode answer, PrintWriter out) {
        JsonNode items = answer.path("items");
        items.forEach(each -> out.println("%-8s".formatted(text(each, "state")) + "  "
                + (text(each, "key").isEmpty() ? "-" : text(each, "key"))
                + (each.has("kind") ? "  " + text(each, "kind") + " of " + text(each, "fileType") : "")
                + (text(each, "name").isEmpty() ? "" : " (" + text(each, "name") + ")")));
        if (items.isEmpty()) {
            out.println(
                    "(none" + (answer.path("all").asBoolean(true) ? ")" : ", of those that this server has ordered)"));
        }
    }

    private static void options(JsonNode answer, PrintWriter out) {
        answer.path("items")
                .forEach(each -> out.println(text(each, "name") + "  "
                        + (each.path("enabled").asBoolean(false) ? "enabled" : "disabled")
                        + (each.path("setUp").asBoolean(false) ? ", set up" : ", not set up")
                        + (each.has("until") ? ", until " + text(each, "until") : "")));
        if (answer.path("items").isEmpty()) {
            out.println("(none)");
        }
    }

    private static void done(JsonNode answer, PrintWriter out) {
        out.println(
                answer.path("done").asBoolean(false)
                        ? "done"
                        : Terminal.safe(
                                answer.path("nextSession").path("detail").asString("")));
    }

    private static String text(JsonNode node, String field) {
        return Terminal.safe(node.path(field).asString(""));
    }
}
