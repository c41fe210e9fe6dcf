// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pharos jobs show`: one job.
@Command(
        name = "show",
        description = "Shows a job: what it does, when, and how far it is.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pharos jobs show 7"})
final class JobsShowCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The job's number.")
    private long id;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return print(client().get(JobsCommand.JOBS + "/" + id), JobText::whole);
    }
}
