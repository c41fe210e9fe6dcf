// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos campaign funnel`: where devices are on their way to USP.
@Command(
        name = "funnel",
        description = "Shows how many devices of a campaign that moves them to USP came how far, and why some did not.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos campaign funnel 5",
            "  pharos campaign report 5 --step failed     which they are"
        })
final class CampaignFunnelCommand extends ServerCommand implements Callable<Integer> {
    private static final int BAR = 30;

    @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
    private long id;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return print(client().get(CampaignCommand.CAMPAIGNS + "/" + id + "/funnel"), CampaignFunnelCommand::draw);
    }

    private static void draw(JsonNode funnel, PrintWriter out) {
        JsonNode steps = funnel.path("steps");
        long most = Math.max(1, steps.path(0).path("reached").asLong(0));
        for (JsonNode step : steps) {
            long reached = step.path("reached").asLong(0);
            long here = step.path("here").asLong(0);
            int full = (int) Math.min(BAR, BAR * reached / most);
            out.println(String.format(
                    "%-11s %s%s %7d%s",
                    step.path("step").asString(""),
                    "#".repeat(full),
                    ".".repeat(BAR - full),
                    reached,
                    here > 0 ? Terminal.dim("  " + here + " here now") : ""));
        }
        for (JsonNode aside : funnel.path("others")) {
            long here = aside.path("here").asLong(0);
            if (here > 0) {
                out.println(String.format(
                        "%-11s %" + (BAR + 8) + "d", aside.path("step").asString(""), here));
            }
        }
        for (JsonNode reason : funnel.path("reasons")) {
            out.println(Terminal.safe(String.format(
                    "%7d %s: %s",
                    reason.path("devices").asLong(0),
                    reason.path("step").asString(""),
                    reason.path("reason").asString(""))));
        }
    }
}
