// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `pharos campaign`: a firmware image to many devices in waves.
@Command(
        name = "campaign",
        description =
                "Lists campaigns, the newest first. A campaign brings a firmware image to many devices in waves: it stops"
                        + " where too much fails or updated devices get worse, and can be rolled back.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CampaignCommand.Listing.class,
            CampaignCreateCommand.class,
            CampaignCommand.Show.class,
            CampaignPreviewCommand.class,
            CampaignMoveCommand.Approve.class,
            CampaignMoveCommand.Start.class,
            CampaignWatchCommand.class,
            CampaignMoveCommand.Pause.class,
            CampaignMoveCommand.Resume.class,
            CampaignMoveCommand.Stop.class,
            CampaignMoveCommand.RollBack.class,
            CampaignReportCommand.class,
            CampaignCommand.Delete.class
        },
        footer = {
            "",
            "Examples:",
            "  pharos campaign create --name spring --query 'model = \"X\"' --firmware 3 --waves '1%, 10%, rest'",
            "      --soak 24h --gate 'Boot! rises 0.5' --gate 'Device.DeviceInfo.MemoryStatus.Free falls 10%'",
            "  pharos campaign preview 4",
            "  pharos campaign approve 4                             by somebody other than who made it",
            "  pharos campaign start 4",
            "  pharos campaign watch 4",
            "  pharos campaign report 4 --csv > report.csv",
            "  pharos campaign rollback 4",
            "",
            "More: docs/campaigns.md."
        })
public final class CampaignCommand implements Callable<Integer> {
    static final String CAMPAIGNS = "/campaigns";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return list(server, spec);
    }

    private static int list(ServerOptions server, CommandSpec spec) throws DeniedException, UnreachableException {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode page = server.client().get(CAMPAIGNS);
        if (server.json()) {
            out.println(Json.text(page));
        } else {
            CampaignText.table(page.path("items"), out);
        }
        out.flush();
        return 0;
    }

    /// The same, in a word.
    @Command(
            name = "list",
            description = "Lists campaigns, the newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos campaign list", "  pharos campaign list --json"})
    static final class Listing implements Callable<Integer> {
        @Mixin
        private ServerOptions server = new ServerOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            return list(server, spec);
        }
    }

    /// All that is known of one.
    @Command(
            name = "show",
            description = "Shows a campaign: its waves, how far each is, and its story.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos campaign show 4", "  pharos campaign show 4 --json"})
    static final class Show implements Callable<Integer> {
        @Mixin
        private ServerOptions server = new ServerOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
        private long id;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            JsonNode campaign = server.client().get(CAMPAIGNS + "/" + id);
            PrintWriter out = spec.commandLine().getOut();
            if (server.json()) {
                out.println(Json.text(campaign));
            } else {
                CampaignText.whole(campaign, out);
            }
            out.flush();
            return 0;
        }
    }

    /// What it did on devices stays.
    @Command(
            name = "delete",
            description = "Forgets a campaign that does nothing any more, with its jobs and its report; devices are not"
                    + " touched.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos campaign delete 4"})
    static final class Delete implements Callable<Integer> {
        @Mixin
        private ServerOptions server = new ServerOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
        private long id;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            RestClient client = server.client();
            client.delete(CAMPAIGNS + "/" + id);
            PrintWriter out = spec.commandLine().getOut();
            out.println(server.json() ? Json.text(Json.object().put("deleted", id)) : "deleted campaign " + id);
            out.flush();
            return 0;
        }
    }
}
