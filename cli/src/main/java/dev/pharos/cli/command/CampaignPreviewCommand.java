// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `pharos campaign preview`: what would happen now.
@Command(
        name = "preview",
        description = "Says what a campaign would do if it started now, and does nothing. Ends with 1 where it would be"
                + " refused.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pharos campaign preview 4", "  pharos campaign preview 4 --json"})
final class CampaignPreviewCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
    private long id;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return show(
                server.client().get(CampaignCommand.CAMPAIGNS + "/" + id + "/preview"),
                server,
                spec.commandLine().getOut());
    }

    static int show(JsonNode preview, ServerOptions server, PrintWriter out) {
        if (server.json()) {
            out.println(Json.text(preview));
        } else {
            out.println(Terminal.safe(preview.path("detail").asString("")));
            for (JsonNode problem : preview.path("problems")) {
                out.println(Terminal.red("not possible: " + Terminal.safe(problem.asString(""))));
            }
        }
        out.flush();
        return preview.path("problems").isEmpty() ? 0 : 1;
    }
}
