// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos jobs pause`, `resume` and `cancel`.
sealed class JobsMoveCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The job's number.")
    private long id;

    private final String what;

    JobsMoveCommand(String what) {
        this.what = what;
    }

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        PrintWriter out = out();
        JsonNode job = client().post(JobsCommand.JOBS + "/" + id + "/" + what, Json.object());
        out.println(
                json()
                        ? Json.text(job)
                        : "job " + id + " is " + job.path("state").asString("") + ": " + JobText.counts(job));
        out.flush();
        return 0;
    }

    @Command(
            name = "pause",
            description = "Begins with no further device of a job until it is resumed.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos jobs pause 7"})
    static final class Pause extends JobsMoveCommand {
        Pause() {
            super("pause");
        }
    }

    @Command(
            name = "resume",
            description = "Goes on with a job that is paused.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos jobs resume 7"})
    static final class Resume extends JobsMoveCommand {
        Resume() {
            super("resume");
        }
    }

    @Command(
            name = "cancel",
            description = "Begins with no further device of a job; what is under way is finished.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pharos jobs cancel 7"})
    static final class Cancel extends JobsMoveCommand {
        Cancel() {
            super("cancel");
        }
    }
}
