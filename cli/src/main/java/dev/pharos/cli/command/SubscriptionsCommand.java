// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos subscriptions`: of what a device tells by itself, beside what is wanted.
@Command(
        name = "subscriptions",
        description = {
            "Shows of what a device tells by itself, beside what is wanted: its subscriptions over USP,",
            "over TR-069 the parameters of whose changes it tells. Asks the server alone, and no device."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  pharos subscriptions os::0200F0-1",
            "",
            "Ends with 1 where something that is wanted is not as wanted."
        })
public final class SubscriptionsCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The device's Endpoint ID.")
    private String device = "";

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        JsonNode answer = client().get("/devices/" + RestClient.segment(device) + "/subscriptions");
        int printed = print(answer, SubscriptionsCommand::all);
        boolean lacks = answer.path("items").valueStream().anyMatch(SubscriptionsCommand::isLacking);
        return printed == 0 && lacks ? ExitStatus.DENIED : printed;
    }

    private static boolean isLacking(JsonNode subscription) {
        return subscription.path("wanted").asBoolean(false)
                && !subscription.path("present").asBoolean(false);
    }

    private static void all(JsonNode answer, PrintWriter out) {
        answer.path("items").forEach(each -> {
            out.println(standing(each) + "  " + text(each, "notifType") + "  " + Terminal.dim(beside(each)));
            for (String reference : text(each, "referenceList").split(",", -1)) {
                out.println("  " + reference.strip());
            }
        });
        if (answer.path("items").isEmpty()) {
            out.println("(none)");
        }
    }

    private static String standing(JsonNode subscription) {
        if (isLacking(subscription)) {
            return text(subscription, "told").isEmpty() ? "missing" : "not as wanted";
        }
        return subscription.path("wanted").asBoolean(false) ? "as wanted" : "not ours";
    }

    /// How it is told, and what the device says against it; over USP by which ID it is known.
    private static String beside(JsonNode subscription) {
        String told = text(subscription, "told");
        if (told.isEmpty()) {
            return text(subscription, "id");
        }
        String how = told.equals("not") ? "not told" : "told " + told;
        String refusal = text(subscription, "refusal");
        return refusal.isEmpty() ? how : how + "; the device refuses what is wanted: " + refusal;
    }

    private static String text(JsonNode node, String field) {
        return Terminal.safe(node.path(field).asString(""));
    }
}
