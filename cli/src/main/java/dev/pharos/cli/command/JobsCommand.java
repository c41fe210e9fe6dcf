// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `pharos jobs`: the same requests to many devices.
@Command(
        name = "jobs",
        description = "Lists jobs, the newest first; makes, follows, pauses, resumes and cancels them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            JobsCreateCommand.class,
            JobsShowCommand.class,
            JobsWatchCommand.class,
            JobsResultsCommand.class,
            JobsMoveCommand.Pause.class,
            JobsMoveCommand.Resume.class,
            JobsMoveCommand.Cancel.class
        },
        footer = {
            "",
            "Examples:",
            "  pharos jobs                                           the newest hundred",
            "  pharos jobs create --query 'model = \"X\"' --preview get Device.DeviceInfo.SoftwareVersion",
            "  pharos jobs create --query group:pilot --window 01:00-05:00 --rate 600 operate 'Device.Reboot()'",
            "  pharos jobs watch 7",
            "  pharos jobs results 7 --csv > results.csv",
            "",
            "More: docs/jobs.md."
        })
public final class JobsCommand extends ServerCommand implements Callable<Integer> {
    static final String JOBS = "/jobs";

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return print(client().get(JOBS), JobText::table);
    }
}
