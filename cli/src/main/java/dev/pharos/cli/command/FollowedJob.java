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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A job for one device, which is followed to its end, and goes on when nobody follows it any more.
final class FollowedJob {
    private static final long PAUSE_MILLIS = 1_000;

    private final RestClient client;
    private final String device;
    private final boolean json;
    private final PrintWriter out;
    private long told;

    /// @param json whether answers are printed as they are
    FollowedJob(RestClient client, String device, boolean json, PrintWriter out) {
        this.client = client;
        this.device = device;
        this.json = json;
        this.out = out;
    }

    /// @param work the job without its devices
    /// @param wait whether to follow it
    /// @return the exit status
    /// @throws DeniedException where the device does not do it
    /// @throws UnreachableException where the device is away
    int run(ObjectNode work, boolean wait) throws DeniedException, UnreachableException, InterruptedException {
        begin();
        work.set("devices", Json.array(List.of(device)));
        JsonNode job = client.post(JobsCommand.JOBS, work);
        long id = job.path("id").asLong();
        if (!wait) {
            out.println(
                    json ? Json.text(job) : "job " + id + " does it; pharos jobs watch " + id + " shows how far it is");
            out.flush();
            return 0;
        }
        JsonNode target = follow(id);
        if (json) {
            out.println(Json.text(target));
            out.flush();
        }
        return ended(id, target);
    }

    /// From now on what happens on the device is told.
    void begin() throws DeniedException, UnreachableException {
        JsonNode _ = client.get("/devices/" + RestClient.segment(device));
        told = events().path(0).path("seq").asLong(0);
    }

    /// @param target how the device of the job stands
    /// @return the exit status
    int ended(long id, JsonNode target) throws DeniedException, UnreachableException {
        String detail = Terminal.safe(target.path("detail").asString(""));
        return switch (target.path("state").asString("")) {
            case "done" -> {
                if (!json) {
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

    /// Waits until the device is settled, or away.
    JsonNode follow(long job) throws DeniedException, UnreachableException, InterruptedException {
        while (true) {
            JsonNode items =
                    client.get(JobsCommand.JOBS + "/" + job + "/targets").path("items");
            tell();
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

    private JsonNode events() throws DeniedException, UnreachableException {
        return client.get("/devices/" + RestClient.segment(device) + "/events?limit=50")
                .path("items");
    }

    /// What the device is at, as the history tells it.
    private void tell() throws DeniedException, UnreachableException {
        if (json) {
            return;
        }
        List<JsonNode> fresh = new ArrayList<>();
        for (JsonNode event : events()) {
            if (event.path("seq").asLong() > told) {
                fresh.add(event);
            }
        }
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
