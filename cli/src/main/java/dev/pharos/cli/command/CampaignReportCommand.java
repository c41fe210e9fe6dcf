// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

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
            "  pharos campaign report 4 --json"
        })
final class CampaignReportCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
    private long id;

    @Option(names = "--csv", description = "As CSV, a line for each device.")
    private boolean csv;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        PrintWriter out = spec.commandLine().getOut();
        if (csv && server.json()) {
            throw new ParameterException(spec.commandLine(), "--csv goes without --json");
        }
        RestClient client = server.client();
        String campaign = CampaignCommand.CAMPAIGNS + "/" + id;
        if (csv) {
            client.copy(campaign + "/report.csv", "text/csv", out);
        } else {
            print(client, campaign + "/report?limit=" + PAGE, out);
        }
        out.flush();
        return 0;
    }

    private void print(RestClient client, String path, PrintWriter out) throws DeniedException, UnreachableException {
        ArrayNode all = Json.array(List.of());
        String cursor = "";
        do {
            JsonNode page = client.get(path + (cursor.isEmpty() ? "" : "&cursor=" + RestClient.segment(cursor)));
            for (JsonNode device : page.path("items")) {
                if (server.json()) {
                    all.add(device);
                } else {
                    out.println(line(device));
                }
            }
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        if (server.json()) {
            out.println(Json.text(Json.object().set("items", all)));
        }
    }

    private static String line(JsonNode device) {
        String state = device.path("state").asString("");
        String detail = Terminal.safe(device.path("detail").asString(""));
        String line = device.path("device").asString("") + "  wave "
                + device.path("wave").asString("") + "  "
                + state + (detail.isEmpty() ? "" : "  " + detail)
                + (device.has("rollBack")
                        ? "; way back: " + device.path("rollBack").asString("") + " "
                                + Terminal.safe(device.path("rollBackDetail").asString(""))
                        : "");
        return state.equals("failed") || state.equals("uncertain") ? Terminal.red(line) : line;
    }
}
