// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pharos campaign create`: a new one, which somebody else approves and anybody starts.
@Command(
        name = "create",
        description = "Makes a campaign. It begins when it is started; which devices it concerns is fixed then.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos campaign create --name spring --query 'model = \"X\"' --firmware 3 --waves '1%%, 10%%, rest' --preview",
            "  pharos campaign create --name spring --query group:home --firmware 3 --waves '50, 10%%, rest' --soak 24h",
            "      --window 01:00-05:00 --stop-at 2%% --gate 'Boot! rises 0.5'",
            "  pharos campaign create --name two --device os::0200F0-1 --device os::0200F0-2 --firmware 3 --waves '1, rest'",
            "      --no-approval",
            "  pharos campaign create --migrate --name across --query 'transport = cwmp and model = \"X\"' --waves '20, 10%%, rest'",
            "      --settle 120 --stop-at 2%%"
        })
final class CampaignCreateCommand extends ServerCommand implements Callable<Integer> {
    @Mixin
    private CampaignBodyOptions campaign = new CampaignBodyOptions();

    @Option(names = "--preview", description = "Only say what it would do if it started now.")
    private boolean preview;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        if (preview) {
            return CampaignPreviewCommand.show(
                    this, client().post(CampaignCommand.CAMPAIGNS + "/preview", campaign.body()));
        }
        return print(client().post(CampaignCommand.CAMPAIGNS, campaign.body()), (made, out) -> {
            String id = made.path("id").asString("");
            out.println(Terminal.safe(CampaignText.line(made)));
            out.println(
                    made.path("approval").asBoolean(true)
                            ? "somebody else approves it: pharos campaign approve " + id
                            : "no second person approves it, and the audit log says so: pharos campaign start " + id);
        });
    }
}
