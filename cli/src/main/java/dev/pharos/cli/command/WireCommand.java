// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos wire`: connections, Records and Messages as they pass, one line each.
@Command(
        name = "wire",
        description = "Prints what passes on the wire, decoded and with secrets masked, one line each, until Ctrl-C:"
                + " connections, records and messages, of TR-069 too, of one device or of all, and who was refused and why. It begins"
                + " with what passed lately.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos wire",
            "  pharos wire os::00256D-1",
            "  pharos wire --refused",
            "  pharos wire os::00256D-1 --direction out --message Set --message Add",
            "  pharos wire --transport cwmp --message Inform --message Fault",
            "  pharos wire --once --json"
        })
public final class WireCommand extends ServerCommand implements Callable<Integer> {
    /// Which way something passed, seen from the server.
    enum Direction {
        IN,
        OUT
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "Only this device, which may be one that was refused and is not known.")
    private @Nullable String device;

    @Option(
            names = "--direction",
            paramLabel = "in|out",
            description = "Only what came from devices (in), or what went to them (out).")
    private @Nullable Direction direction;

    @Option(
            names = "--message",
            paramLabel = "KIND",
            description = "Only messages of this kind, such as Get, GetResponse, Notify or Error, or over TR-069 Inform"
                    + " or Fault; may be repeated.")
    private Set<String> messages = new LinkedHashSet<>();

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "Only what passed by this transport, such as websocket or mqtt, or cwmp for TR-069.")
    private @Nullable String transport;

    @Option(names = "--refused", description = "Only what was refused.")
    private boolean refused;

    @Option(names = "--once", description = "Print what passed lately and end.")
    private boolean once;

    @Option(names = "--count", defaultValue = "0", description = "Stop after so many lines; 0 goes on.")
    private int count;

    private int seen;
    private boolean ended;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        PrintWriter out = out();
        String path = device == null ? "/wire" : "/devices/" + RestClient.segment(device) + "/wire";
        client().stream(path, (name, data) -> {
            ended = switch (name) {
                case "wire" -> wanted(data) && print(out, json() ? Json.text(data) : WireLine.of(data), true);
                case "dropped" -> print(out, dropped(data.path("count").asLong(0)), false);
                case "live" -> once;
                default -> false;
            };
            return !ended;
        });
        if (!ended) {
            throw new UnreachableException("the server ended the stream");
        }
        return 0;
    }

    /// Whether the options ask for it.
    boolean wanted(JsonNode entry) {
        String message = entry.path("message").asString("");
        boolean rightKind = messages.isEmpty() || messages.stream().anyMatch(message::equalsIgnoreCase);
        boolean rightWay = direction == null
                || entry.path("direction").asString("").equals(direction.name().toLowerCase(Locale.ROOT));
        boolean rightTransport =
                transport == null || entry.path("transport").asString("").equalsIgnoreCase(transport);
        return rightKind
                && rightWay
                && rightTransport
                && (!refused || !entry.path("refused").isNull());
    }

    private String dropped(long missed) {
        return json() ? Json.text(Json.object().put("dropped", missed)) : WireLine.gap(missed);
    }

    /// @return whether it was the last: as many as were asked for, or whoever read them has gone
    private boolean print(PrintWriter out, String line, boolean counts) {
        out.println(line);
        if (counts) {
            seen++;
        }
        return out.checkError() || (count > 0 && seen >= count);
    }
}
