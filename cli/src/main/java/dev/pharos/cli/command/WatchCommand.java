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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos watch`: events as they come, one line each.
@Command(
        name = "watch",
        description = "Prints events as they come, one line each, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pharos watch", "  pharos watch os::0200F0-1 --json"})
public final class WatchCommand extends ServerCommand implements Callable<Integer> {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Only this device's events.")
    private @Nullable String device;

    @Option(names = "--count", defaultValue = "0", description = "Stop after so many events; 0 goes on.")
    private int count;

    private int seen;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        PrintWriter out = out();
        String path = "/events/stream" + (device == null ? "" : "?device=" + RestClient.segment(device));
        client().stream(path, new RestClient.EventHandler() {
            @Override
            public void opened() {
                PrintWriter err = err();
                err.println("watching " + (device == null ? "all devices" : device) + "; Ctrl-C ends it");
                err.flush();
            }

            @Override
            public boolean event(String name, JsonNode data) {
                if (!name.equals("event")) {
                    return true;
                }
                out.println(json() ? Json.text(data) : line(data));
                out.flush();
                seen++;
                return count == 0 || seen < count;
            }
        });
        if (count == 0 || seen < count) {
            throw new UnreachableException("the server ended the stream");
        }
        return 0;
    }

    private static String line(JsonNode event) {
        String kind = event.path("kind").asString("");
        String device = event.path("device").asString("");
        String text = Terminal.safe(event.path("text").asString(""));
        return Terminal.dim(CLOCK.format(Instant.parse(event.path("time").asString("1970-01-01T00:00:00Z")))) + "  "
                + (device.isEmpty() ? "-" : device) + "  "
                + (kind.equals("refused") ? Terminal.red(kind) : Terminal.green(kind)) + "  " + text;
    }
}
