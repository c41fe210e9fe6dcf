// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Campaigns as a person reads them.
final class CampaignText {
    private static final int BAR = 30;
    private static final List<String> OTHERS = List.of("failed", "absent", "open");

    private CampaignText() {}

    /// `campaign 4, spring, is running: wave 2 of 3, updating; 120 of 1204 done`
    static String line(JsonNode campaign) {
        String detail = campaign.path("detail").asString("");
        return "campaign " + campaign.path("id").asString("") + ", "
                + campaign.path("name").asString("") + ", is " + standing(campaign)
                + (detail.isEmpty() ? "" : " (" + detail + ")")
                + (campaign.has("progress") ? "; " + counts(campaign.path("progress")) : "");
    }

    private static String standing(JsonNode campaign) {
        return campaign.path("state").asString("")
                + (campaign.has("wave")
                        ? ": wave " + campaign.path("wave").asString("") + " of "
                                + campaign.path("waves").size()
                        : "")
                + (campaign.has("stage") ? ", " + campaign.path("stage").asString("") : "")
                + (campaign.has("until")
                        ? " until " + campaign.path("until").asString("").replaceFirst("\\..*", "Z")
                        : "");
    }

    static String counts(JsonNode progress) {
        StringBuilder text = new StringBuilder(progress.path("done").asString("0") + " of "
                + progress.path("devices").asString("0") + " done");
        for (String other : OTHERS) {
            long many = progress.path(other).asLong(0);
            if (many > 0) {
                text.append(", ").append(many).append(' ').append(other);
            }
        }
        return text.toString();
    }

    /// `[======>          ] running: wave 2 of 3, updating; 120 of 1204 done`
    static String bar(JsonNode campaign) {
        JsonNode progress =
                campaign.has("rollBack") ? campaign.path("rollBack").path("progress") : campaign.path("progress");
        long all = progress.path("devices").asLong(0);
        long settled = all - progress.path("open").asLong(0);
        int full = all == 0 ? 0 : (int) (BAR * settled / all);
        return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] " + standing(campaign)
                + (all == 0 ? "" : "; " + counts(progress));
    }

    static boolean ended(JsonNode campaign) {
        return List.of("stopped", "done", "rolled-back")
                .contains(campaign.path("state").asString(""));
    }

    static void table(JsonNode page, PrintWriter out) {
        JsonNode campaigns = page.path("items");
        for (JsonNode campaign : campaigns) {
            out.println(String.format("%5s  ", campaign.path("id").asString(""))
                    + Terminal.safe(campaign.path("name").asString("")) + "  " + standing(campaign)
                    + Terminal.dim(campaign.has("progress") ? "  (" + counts(campaign.path("progress")) + ")" : ""));
        }
        if (campaigns.isEmpty()) {
            out.println("(none; make one: pharos campaign create --name NAME --query QUERY --firmware IMAGE"
                    + " --waves '1%, 10%, rest')");
        }
    }

    static void whole(JsonNode campaign, PrintWriter out) {
        row(
                out,
                "campaign",
                campaign.path("id").asString("") + "  " + campaign.path("name").asString(""));
        String detail = campaign.path("detail").asString("");
        row(out, "state", standing(campaign) + (detail.isEmpty() ? "" : ", " + detail));
        if (campaign.has("progress")) {
            row(out, "progress", counts(campaign.path("progress")));
        }
        if (campaign.has("rollBack")) {
            row(out, "roll-back", counts(campaign.path("rollBack").path("progress")));
        }
        row(
                out,
                "devices",
                campaign.has("named")
                        ? campaign.path("named").asString("") + " that were named"
                        : campaign.path("query").asString("").isEmpty()
                                ? "all"
                                : campaign.path("query").asString(""));
        if (campaign.has("migration")) {
            row(out, "migration", migration(campaign.path("migration")));
        } else if (campaign.has("module")) {
            row(out, "module", module(campaign.path("module")));
        } else {
            row(out, "firmware", campaign.path("firmware").asString(""));
        }
        int number = 1;
        for (JsonNode wave : campaign.path("waves")) {
            row(out, "wave " + number++, wave(wave));
        }
        row(
                out,
                "stops",
                "at " + campaign.path("stopAt").asString("") + " failures of a wave, or with less than "
                        + campaign.path("successPercent").asString("") + " % with which it succeeds");
        row(out, "pause", campaign.path("soakSeconds").asString("") + " seconds after each wave");
        if (campaign.has("gate")) {
            row(out, "gate", gate(campaign.path("gate")));
        }
        row(
                out,
                "made",
                campaign.path("created").asString("") + " by "
                        + campaign.path("createdBy").asString(""));
        row(
                out,
                "approved",
                campaign.has("approvedBy")
                        ? "by " + campaign.path("approvedBy").asString("")
                        : campaign.path("approval").asBoolean(true) ? "not yet" : "by nobody, as it was made so");
        out.println();
        for (JsonNode note : campaign.path("story")) {
            out.println(Terminal.dim(note.path("time").asString("").replaceFirst("\\..*", "Z")) + "  "
                    + Terminal.safe(note.path("text").asString("")));
        }
    }

    private static String migration(JsonNode migration) {
        return "to USP over " + migration.path("to").asString("") + ", which has to hold for "
                + migration.path("settle").asString("") + " seconds; TR-069 is "
                + (migration.path("keepCwmp").asBoolean(false) ? "the reserve then" : "switched off then");
    }

    private static String module(JsonNode module) {
        return module.path("action").asString("") + " " + module.path("id").asString("")
                + (module.path("keepData").asBoolean(false) ? ", its data stays" : ", its data goes");
    }

    private static String wave(JsonNode wave) {
        return wave.path("size").asString("")
                + (wave.has("devices") ? ": " + wave.path("devices").asString("") + " devices" : "")
                + (wave.has("progress") ? ", " + counts(wave.path("progress")) : "")
                + (wave.has("job") ? " (job " + wave.path("job").asString("") + ")" : "");
    }

    private static String gate(JsonNode gate) {
        List<String> measures = new ArrayList<>();
        gate.path("measures").forEach(measure -> measures.add(measure.asString("")));
        return String.join("; ", measures) + "; with " + gate.path("atLeast").asString("")
                + " devices on each side, else " + gate.path("unknown").asString("");
    }

    private static void row(PrintWriter out, String what, String value) {
        out.println(String.format("%-9s ", what) + Terminal.safe(value));
    }
}
