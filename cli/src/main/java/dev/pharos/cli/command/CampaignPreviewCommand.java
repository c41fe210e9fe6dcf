// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos campaign preview`: what would happen now.
@Command(
        name = "preview",
        description = "Says what a campaign would do if it started now, and does nothing. Ends with 1 where it would be"
                + " refused.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pharos campaign preview 4", "  pharos campaign preview 4 --json"})
final class CampaignPreviewCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
    private long id;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return show(this, client().get(CampaignCommand.CAMPAIGNS + "/" + id + "/preview"));
    }

    /// @param asked prints it
    static int show(ServerCommand asked, JsonNode preview) {
        asked.print(preview, (found, out) -> {
            out.println(Terminal.safe(found.path("detail").asString("")));
            for (JsonNode problem : found.path("problems")) {
                out.println(Terminal.red("not possible: " + Terminal.safe(problem.asString(""))));
            }
        });
        return preview.path("problems").isEmpty() ? 0 : 1;
    }
}
