// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos jobs watch`: how far a job is, until it has ended.
@Command(
        name = "watch",
        description = "Shows how far a job is until it has ended: a bar on a terminal, else a line for each change."
                + " Ends with 1 where a device failed, or what became of it is not known.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pharos jobs watch 7", "  pharos jobs watch 7 --json"})
final class JobsWatchCommand extends ServerCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 1_000;

    @Parameters(index = "0", paramLabel = "ID", description = "The job's number.")
    private long id;

    private String shown = "";

    @Override
    public Integer call() throws DeniedException, UnreachableException, InterruptedException {
        RestClient client = client();
        JsonNode job = client.get(path());
        show(job);
        while (!JobText.ended(job)) {
            Thread.sleep(PAUSE_MILLIS);
            job = client.get(path());
            show(job);
        }
        PrintWriter err = err();
        if (isBar()) {
            err.println();
            err.flush();
        }
        long bad = JobText.count(job, "failed") + JobText.count(job, "uncertain");
        String state = job.path("state").asString("");
        if (bad > 0 || !state.equals("done")) {
            String note = job.path("note").asString("");
            throw new DeniedException(List.of("pharos: job " + id + " is " + state
                    + (note.isEmpty() ? "" : ", " + Terminal.safe(note)) + ": " + JobText.counts(job)
                    + "; see pharos jobs results " + id));
        }
        return 0;
    }

    private String path() {
        return JobsCommand.JOBS + "/" + id;
    }

    private boolean isBar() {
        return Terminal.interactive() && !json();
    }

    private void show(JsonNode job) {
        String text = json() ? Json.text(job) : isBar() ? JobText.bar(job) : JobText.counts(job);
        if (text.equals(shown)) {
            return;
        }
        shown = text;
        if (isBar()) {
            PrintWriter err = err();
            err.print("\r\u001b[K" + text);
            err.flush();
        } else {
            PrintWriter out = out();
            out.println(text);
            out.flush();
        }
    }
}
