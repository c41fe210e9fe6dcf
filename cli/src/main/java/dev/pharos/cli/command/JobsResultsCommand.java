// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos jobs results`: what became of each device of a job.
@Command(
        name = "results",
        description = "Prints how each device of a job stands, and what it answered.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos jobs results 7",
            "  pharos jobs results 7 --state failed",
            "  pharos jobs results 7 --csv > results.csv"
        })
final class JobsResultsCommand extends ServerCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    @Parameters(index = "0", paramLabel = "ID", description = "The job's number.")
    private long id;

    @Option(names = "--csv", description = "As CSV, a line for each value.")
    private boolean csv;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only devices that stand so: done, failed, uncertain, offline, waiting, running, cancelled.")
    private @Nullable String state;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        String job = JobsCommand.JOBS + "/" + id;
        if (!csv) {
            return printPages(
                    job + "/targets?limit=" + PAGE + (state == null ? "" : "&state=" + RestClient.segment(state)),
                    target -> print(target, out()));
        }
        if (json() || state != null) {
            throw wrong("--csv goes without --json and --state");
        }
        client().copy(job + "/results.csv", "text/csv", out());
        out().flush();
        return 0;
    }

    private static void print(JsonNode target, PrintWriter out) {
        String how = target.path("state").asString("");
        String detail = Terminal.safe(target.path("detail").asString(""));
        String line = target.path("device").asString("") + "  " + how + (detail.isEmpty() ? "" : "  " + detail);
        out.println(how.equals("failed") || how.equals("uncertain") ? Terminal.red(line) : line);
        for (JsonNode result : target.path("results")) {
            out.println("    " + Terminal.safe(result.path("path").asString(""))
                    + (result.has("errCode")
                            ? "  " + result.path("errCode").asInt() + " "
                                    + Terminal.safe(result.path("errMsg").asString(""))
                            : " = " + Terminal.safe(result.path("value").asString(""))));
        }
    }
}
