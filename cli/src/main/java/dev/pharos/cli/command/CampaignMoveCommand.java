// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// What people have a campaign do.
sealed class CampaignMoveCommand extends ServerCommand implements Callable<Integer> {
    private static final String NAME = "CAMPAIGN";

    @Parameters(index = "0", paramLabel = NAME, description = "Its number.")
    private long id;

    private final String what;

    CampaignMoveCommand(String what) {
        this.what = what;
    }

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        JsonNode campaign = client().post(CampaignCommand.CAMPAIGNS + "/" + id + "/" + what, Json.object());
        return print(campaign, Terminal.safe(CampaignText.line(campaign)));
    }

    @Command(
            name = "approve",
            description = "Approves a campaign, as somebody other than who made it.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos campaign approve 4"})
    static final class Approve extends CampaignMoveCommand {
        Approve() {
            super("approve");
        }
    }

    @Command(
            name = "start",
            description = "Fixes which devices a campaign concerns, and begins its first wave.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos campaign start 4 && pharos campaign watch 4"})
    static final class Start extends CampaignMoveCommand {
        Start() {
            super("start");
        }
    }

    @Command(
            name = "pause",
            description = "Begins with no further device of a campaign until it is resumed.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos campaign pause 4"})
    static final class Pause extends CampaignMoveCommand {
        Pause() {
            super("pause");
        }
    }

    @Command(
            name = "resume",
            description = "Goes on with a campaign that is paused; one that is held begins its next wave.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos campaign resume 4"})
    static final class Resume extends CampaignMoveCommand {
        Resume() {
            super("resume");
        }
    }

    @Command(
            name = "stop",
            description = "Ends a campaign for good: what a device is at is finished, and updated devices stay so.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos campaign stop 4"})
    static final class Stop extends CampaignMoveCommand {
        Stop() {
            super("stop");
        }
    }

    @Command(
            name = "rollback",
            description = "Has the devices that a campaign updated run again what they ran before.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos campaign rollback 4 && pharos campaign watch 4"})
    static final class RollBack extends CampaignMoveCommand {
        RollBack() {
            super("rollback");
        }
    }
}
