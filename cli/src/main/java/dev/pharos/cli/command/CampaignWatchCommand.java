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
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos campaign watch`: its story as it happens, until it has ended or waits for a person.
@Command(
        name = "watch",
        description =
                "Tells the story of a campaign as it happens, with a bar on a terminal, until it has ended or waits for a"
                        + " person. Ends with 0 where it is done or rolled back, else with 1.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pharos campaign watch 4", "  pharos campaign watch 4 --json"})
final class CampaignWatchCommand extends ServerCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 1_000;

    @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
    private long id;

    private int told;
    private String shown = "";

    @Override
    public Integer call() throws DeniedException, UnreachableException, InterruptedException {
        RestClient client = client();
        JsonNode campaign = client.get(path());
        tell(campaign);
        while (goesOn(campaign)) {
            Thread.sleep(PAUSE_MILLIS);
            campaign = client.get(path());
            tell(campaign);
        }
        if (isBar()) {
            PrintWriter err = err();
            err.println();
            err.flush();
        }
        String state = campaign.path("state").asString("");
        if (!state.equals("done") && !state.equals("rolled-back")) {
            throw new DeniedException(List.of("pharos: " + Terminal.safe(CampaignText.line(campaign))));
        }
        return 0;
    }

    private String path() {
        return CampaignCommand.CAMPAIGNS + "/" + id;
    }

    private static boolean goesOn(JsonNode campaign) {
        return List.of("running", "rolling-back")
                .contains(campaign.path("state").asString(""));
    }

    private boolean isBar() {
        return Terminal.interactive() && !json();
    }

    private void tell(JsonNode campaign) {
        PrintWriter out = out();
        if (json()) {
            String text = Json.text(campaign);
            if (!text.equals(shown)) {
                shown = text;
                out.println(text);
            }
            out.flush();
            return;
        }
        PrintWriter err = err();
        JsonNode story = campaign.path("story");
        if (isBar() && told < story.size()) {
            err.print("\r\u001b[K");
            err.flush();
        }
        for (; told < story.size(); told++) {
            JsonNode note = story.path(told);
            out.println(Terminal.dim(note.path("time").asString("").replaceFirst("\\..*", "Z")) + "  "
                    + Terminal.safe(note.path("text").asString("")));
        }
        out.flush();
        if (isBar()) {
            err.print("\r\u001b[K" + Terminal.safe(CampaignText.bar(campaign)));
            err.flush();
        }
    }
}
