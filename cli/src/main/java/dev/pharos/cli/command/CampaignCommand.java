// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pharos campaign`: a firmware image or a software module to many devices, or many devices to USP, in waves.
@Command(
        name = "campaign",
        description =
                "Lists campaigns, the newest first. A campaign brings a firmware image or a software module to many devices in"
                        + " waves, or moves them"
                        + " from TR-069 to USP: it stops where too much fails or updated devices get worse, and can be rolled back.",
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
            CampaignFunnelCommand.class,
            CampaignCommand.Delete.class
        },
        footer = {
            "",
            "Examples:",
            "  pharos campaign create --name spring --query 'model = \"X\"' --firmware 3 --waves '1%%, 10%%, rest'",
            "      --soak 24h --gate 'Boot! rises 0.5' --gate 'Device.DeviceInfo.MemoryStatus.Free falls 10%%'",
            "  pharos campaign preview 4",
            "  pharos campaign approve 4                             by somebody other than who made it",
            "  pharos campaign start 4",
            "  pharos campaign watch 4",
            "  pharos campaign report 4 --csv > report.csv",
            "  pharos campaign rollback 4",
            "  pharos campaign create --migrate --name across --query 'transport = cwmp' --waves '1%%, 10%%, rest'",
            "  pharos campaign funnel 5",
            "",
            "More: docs/campaigns.md."
        })
public final class CampaignCommand extends ServerCommand implements Callable<Integer> {
    static final String CAMPAIGNS = "/campaigns";

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return print(client().get(CAMPAIGNS), CampaignText::table);
    }

    /// The same, in a word.
    @Command(
            name = "list",
            description = "Lists campaigns, the newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos campaign list", "  pharos campaign list --json"})
    static final class Listing extends ServerCommand implements Callable<Integer> {
        @Override
        public Integer call() throws DeniedException, UnreachableException {
            return print(client().get(CAMPAIGNS), CampaignText::table);
        }
    }

    /// All that is known of one.
    @Command(
            name = "show",
            description = "Shows a campaign: its waves, how far each is, and its story.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos campaign show 4", "  pharos campaign show 4 --json"})
    static final class Show extends ServerCommand implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
        private long id;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            return print(client().get(CAMPAIGNS + "/" + id), CampaignText::whole);
        }
    }

    /// What it did on devices stays.
    @Command(
            name = "delete",
            description = "Forgets a campaign that does nothing any more, with its jobs and its report; devices are not"
                    + " touched.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos campaign delete 4"})
    static final class Delete extends ServerCommand implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its number.")
        private long id;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            client().delete(CAMPAIGNS + "/" + id);
            return print(Json.object().put("deleted", id), "deleted campaign " + id);
        }
    }
}
