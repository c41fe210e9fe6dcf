// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

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
public final class JobsCommand implements Callable<Integer> {
    static final String JOBS = "/jobs";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode page = server.client().get(JOBS);
        if (server.json()) {
            out.println(Json.text(page));
        } else {
            List<JsonNode> jobs = new ArrayList<>();
            page.path("items").forEach(jobs::add);
            JobText.table(jobs, out);
        }
        out.flush();
        return 0;
    }
}
