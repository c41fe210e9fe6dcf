// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// `pharos migrate`: moves a device from TR-069 to USP, and back.
@Command(
        name = "migrate",
        description = {
            "Moves a device from TR-069 to USP: writes the way to this server over TR-069, waits for the device over USP,",
            "compares what it says over both, and switches TR-069 off. Where it does not work the device stays on TR-069.",
            "Without ID: how many devices are how far; with --candidates, who can be moved."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos migrate os::0200F0-1 --wait          a line for each step",
            "  pharos migrate os::0200F0-1 --keep-cwmp     TR-069 stays as the reserve, with a session a day",
            "  pharos migrate os::0200F0-1 --by-network    DHCP tells it the way: it is waited for",
            "  pharos migrate os::0200F0-1 --show          where it is",
            "  pharos migrate os::0200F0-1 --back --wait   TR-069 again",
            "  pharos migrate --candidates                 who can be moved, and why the others cannot",
            "  pharos migrate --candidates 'model ~ Box and software >= 4' --to mqtt",
            "",
            "A group, in waves:",
            "  pharos campaign create --migrate --name across --query 'transport = cwmp' --waves '1%%, 10%%, rest'",
            "",
            "Ends with 1 where the device is not moved, or with --back not back. See docs/tr069.md."
        })
public final class MigrateCommand extends ServerCommand implements Callable<Integer> {
    private static final int PAGE = 500;
    private static final long PAUSE_MILLIS = 500;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The device's Endpoint ID.")
    private @Nullable String device;

    @Mixin
    private CrossingOptions crossing = new CrossingOptions();

    @Option(names = "--back", description = "Bring it back to TR-069, wherever it is on its way.")
    private boolean back;

    @Option(names = "--show", description = "Show where it is, and begin nothing.")
    private boolean show;

    @Option(names = "--wait", description = "Wait until it has ended, with a line for each step.")
    private boolean waits;

    @Option(
            names = "--candidates",
            arity = "0..1",
            fallbackValue = "transport = cwmp",
            paramLabel = "QUERY",
            description = "Which devices of a query can be moved, and why the others cannot; of all devices of TR-069"
                    + " where there is no query.")
    private @Nullable String candidates;

    private int shown;

    @Override
    public Integer call() throws DeniedException, UnreachableException, InterruptedException {
        String id = device;
        boolean begins = crossing.isSaid();
        if (Stream.of(begins, back, show).filter(chosen -> chosen).count() > 1) {
            throw wrong(
                    "--back and --show go without --to, --keep-cwmp, --settle and --by-network, and one of them is enough");
        }
        String query = candidates;
        if (query != null) {
            if (id != null || back || show || waits) {
                throw wrong("--candidates goes with --to alone");
            }
            return candidates(query);
        }
        if (id == null) {
            if (begins || back || show || waits) {
                throw wrong("which device? Its ID is missing");
            }
            return counts();
        }
        RestClient client = client();
        String path = "/devices/" + RestClient.segment(id) + "/migration";
        JsonNode migration = show ? client.get(path) : back ? client.remove(path) : client.post(path, crossing.body());
        if (back) {
            shown = migration.path("steps").size() - 1;
        }
        if (show && migration.path("state").asString("").equals("none")) {
            out().println(json() ? Json.text(migration) : id + " has not been asked to move");
            out().flush();
            return 0;
        }
        print(migration);
        if (!waits && !show && !json()) {
            err().println("It goes on by itself: pharos migrate " + id + " --show, or pharos watch " + id);
        }
        while (waits && !migration.path("ended").asBoolean(false)) {
            Thread.sleep(PAUSE_MILLIS);
            migration = client.get(path);
            print(migration);
        }
        String state = migration.path("state").asString("");
        boolean asWanted =
                back ? state.equals("returned") || !waits : !state.equals("failed") && !state.equals("returned");
        if (!asWanted && !show) {
            throw new DeniedException(List.of("pharos: " + id + " is " + state + ": "
                    + Terminal.safe(migration
                            .path("steps")
                            .path(migration.path("steps").size() - 1)
                            .path("text")
                            .asString(""))));
        }
        return 0;
    }

    private int candidates(String query) throws DeniedException, UnreachableException {
        RestClient client = client();
        PrintWriter out = out();
        String cursor = "";
        ArrayNode all = Json.array(List.of());
        do {
            JsonNode page = client.get("/migrations/candidates?limit=" + PAGE + "&q=" + RestClient.segment(query)
                    + crossing.transport()
                            .map(to -> "&to=" + RestClient.segment(to))
                            .orElse("")
                    + (cursor.isEmpty() ? "" : "&cursor=" + RestClient.segment(cursor)));
            if (json()) {
                page.path("items").forEach(all::add);
            } else {
                page.path("items").forEach(each -> out.println(candidate(each)));
            }
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        if (json()) {
            out.println(Json.text(Json.object().put("total", all.size()).set("items", all)));
        }
        out.flush();
        return 0;
    }

    private static String candidate(JsonNode each) {
        String state = each.path("state").asString("");
        String word = "%-7s".formatted(state);
        return (state.equals("unable") ? Terminal.red(word) : Terminal.green(word)) + "  "
                + Terminal.safe(each.path("device").asString("")) + "  "
                + Terminal.safe(each.path("text").asString(""));
    }

    private int counts() throws DeniedException, UnreachableException {
        JsonNode counts = client().get("/migrations");
        PrintWriter out = out();
        if (json()) {
            out.println(Json.text(counts));
        } else {
            counts.path("states")
                    .properties()
                    .forEach(state -> out.printf(
                            "%-11s %d%n", state.getKey(), state.getValue().asLong()));
        }
        out.flush();
        return 0;
    }

    /// What is new: a line for each step, or the whole document.
    private void print(JsonNode migration) {
        PrintWriter out = out();
        JsonNode steps = migration.path("steps");
        if (json() && shown < steps.size()) {
            out.println(Json.text(migration));
        } else if (!json()) {
            for (int i = shown; i < steps.size(); i++) {
                out.println(line(steps.get(i)));
            }
        }
        shown = steps.size();
        out.flush();
    }

    private static String line(JsonNode step) {
        String state = step.path("state").asString("");
        boolean bad = state.equals("failed") || state.equals("returning");
        String name = "%-10s".formatted(state);
        return Terminal.dim(CLOCK.format(Instant.parse(step.path("time").asString("1970-01-01T00:00:00Z")))) + "  "
                + (bad ? Terminal.red(name) : Terminal.green(name)) + "  "
                + Terminal.safe(step.path("text").asString(""));
    }
}
