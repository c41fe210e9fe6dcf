// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `pharos jobs show`: one job.
@Command(
        name = "show",
        description = "Shows a job: what it does, when, and how far it is.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pharos jobs show 7"})
final class JobsShowCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "ID", description = "The job's number.")
    private long id;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode job = server.client().get(JobsCommand.JOBS + "/" + id);
        if (server.json()) {
            out.println(Json.text(job));
        } else {
            JobText.whole(job, out);
        }
        out.flush();
        return 0;
    }
}
