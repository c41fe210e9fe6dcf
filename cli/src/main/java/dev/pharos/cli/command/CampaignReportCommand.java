// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos campaign report`: what became of each of its devices.
@Command(
        name = "report",
        description =
                "Prints the devices of a campaign: wave, what each ran before, how it stands, and how its way back stands.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos campaign report 4",
            "  pharos campaign report 4 --csv > report.csv",
            "  pharos campaign report 5 --step failed",
            "  pharos campaign report 4 --json"
        })
final class CampaignReportCommand extends ServerCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
    private long id;

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "Only devices that are there, of a campaign that moves them to USP: see campaign funnel.")
    private @Nullable String step;

    @Option(names = "--csv", description = "As CSV, a line for each device.")
    private boolean csv;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        String campaign = CampaignCommand.CAMPAIGNS + "/" + id;
        if (!csv) {
            return printPages(
                    campaign + "/report?limit=" + PAGE + (step == null ? "" : "&step=" + RestClient.segment(step)),
                    device -> out().println(line(device)));
        }
        if (step != null) {
            throw wrong("--csv goes without --step: the column of that name has it");
        }
        if (json()) {
            throw wrong("--csv goes without --json");
        }
        client().copy(campaign + "/report.csv", "text/csv", out());
        out().flush();
        return 0;
    }

    private static String line(JsonNode device) {
        String state = device.path("state").asString("");
        String detail = Terminal.safe(device.path("detail").asString(""));
        String line = device.path("device").asString("") + "  wave "
                + device.path("wave").asString("") + "  "
                + state + (device.has("step") ? " (" + device.path("step").asString("") + ")" : "")
                + (detail.isEmpty() ? "" : "  " + detail)
                + (device.has("rollBack")
                        ? "; way back: " + device.path("rollBack").asString("") + " "
                                + Terminal.safe(device.path("rollBackDetail").asString(""))
                        : "");
        return state.equals("failed") || state.equals("uncertain") ? Terminal.red(line) : line;
    }
}
