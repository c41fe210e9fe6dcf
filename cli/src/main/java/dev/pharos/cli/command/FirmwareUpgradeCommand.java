// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos firmware upgrade`: a job for one device, followed to its end.
@Command(
        name = "upgrade",
        description =
                "Has a device fetch an image, run it, and say so: the version is read back. It is a job, which goes"
                        + " on when this command is stopped. Ends with 1 where the device does not run the image, with 3 where it"
                        + " is away; then the job waits for it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos firmware upgrade os::0200F0-1 3",
            "  pharos firmware upgrade os::0200F0-1 3 --no-wait",
            "  pharos firmware upgrade os::0200F0-1 3 --json"
        })
final class FirmwareUpgradeCommand extends ServerCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 1_000;

    @Parameters(index = "0", paramLabel = "ID", description = "The device's Endpoint ID.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "IMAGE", description = "The image's number.")
    private long image;

    @Option(names = "--no-wait", description = "Only make the job.")
    private boolean noWait;

    private long told;

    @Override
    public Integer call() throws DeniedException, UnreachableException, InterruptedException {
        RestClient client = client();
        JsonNode _ = client.get("/devices/" + RestClient.segment(device));
        told = newestEvent(client);
        ObjectNode body = Json.object().put("firmware", image);
        body.set("devices", Json.array(List.of(device)));
        JsonNode job = client.post(JobsCommand.JOBS, body);
        long id = job.path("id").asLong();
        PrintWriter out = out();
        if (noWait) {
            out.println(
                    json()
                            ? Json.text(job)
                            : "job " + id + " does it; pharos jobs watch " + id + " shows how far it is");
            out.flush();
            return 0;
        }
        JsonNode target = follow(client, id);
        if (json()) {
            out.println(Json.text(target));
            out.flush();
        }
        String detail = Terminal.safe(target.path("detail").asString(""));
        return switch (target.path("state").asString("")) {
            case "done" -> {
                if (!json()) {
                    out.println(Terminal.green("done") + "  " + detail);
                    out.flush();
                }
                yield 0;
            }
            case "offline" ->
                throw new UnreachableException(detail + "; it goes on by itself: pharos jobs watch " + id);
            default -> throw new DeniedException(List.of("pharos: " + device + ": " + detail));
        };
    }

    private JsonNode follow(RestClient client, long job)
            throws DeniedException, UnreachableException, InterruptedException {
        while (true) {
            JsonNode items =
                    client.get(JobsCommand.JOBS + "/" + job + "/targets").path("items");
            tell(client);
            JsonNode target = items.path(0);
            String state = target.path("state").asString("waiting");
            if (!state.equals("waiting") && !state.equals("running")) {
                return target;
            }
            JsonNode whole = client.get(JobsCommand.JOBS + "/" + job);
            if (JobText.ended(whole) && items.isEmpty()) {
                throw new DeniedException(List.of("pharos: job " + job + " "
                        + Terminal.safe(whole.path("note").asString("has ended"))));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private JsonNode events(RestClient client) throws DeniedException, UnreachableException {
        return client.get("/devices/" + RestClient.segment(device) + "/events?limit=50")
                .path("items");
    }

    private long newestEvent(RestClient client) throws DeniedException, UnreachableException {
        return events(client).path(0).path("seq").asLong(0);
    }

    /// What the device is at, as the history tells it.
    private void tell(RestClient client) throws DeniedException, UnreachableException {
        if (json()) {
            return;
        }
        List<JsonNode> fresh = new ArrayList<>();
        for (JsonNode event : events(client)) {
            if (event.path("seq").asLong() > told) {
                fresh.add(event);
            }
        }
        PrintWriter out = out();
        for (JsonNode event : fresh.reversed()) {
            told = event.path("seq").asLong();
            String kind = event.path("kind").asString("");
            if (List.of("job", "online", "offline", "OperationComplete").contains(kind)) {
                out.println(Terminal.dim(event.path("time").asString("").replaceFirst("\\..*", "")) + "  "
                        + Terminal.safe(event.path("text").asString("")));
            }
        }
        out.flush();
    }
}
