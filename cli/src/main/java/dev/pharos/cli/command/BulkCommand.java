// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.WrongUsageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos bulk`: reports that devices make of their parameters by themselves.
@Command(
        name = "bulk",
        description =
                "Shows the reports that a device makes by itself, has it make another, changes one, makes one now,"
                        + " or stops one. What comes here is in the device's values, and in its series where they are kept."
                        + " Without a device: what came here of all of them, and what was refused.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What to do:",
            "  list               the reports that the device makes, and what came (as without a word)",
            "  add PATH...        it reports these from now on: parameters, objects, * for all rows",
            "  change N [PATH...] report N is made as the options say, of these parameters",
            "  on N, off N        report N is made, or not",
            "  now N              it makes report N at once, beside those of its interval",
            "  remove N           it makes report N no more",
            "",
            "Examples:",
            "  pharos bulk",
            "  pharos bulk os::0200F0-1",
            "  pharos bulk os::0200F0-1 add 'Device.WiFi.Radio.*.Stats.Noise' --every 5m --keep",
            "  pharos bulk os::0200F0-1 add Device.IP. --url https://acs.example.net:8443/bulk",
            "  pharos bulk os::0200F0-1 add Device.IP. --mqtt --retain 10",
            "  pharos bulk os::0200F0-1 change 1 --every 1m",
            "  pharos bulk os::0200F0-1 now 1",
            "",
            "More: docs/bulk-data.md."
        })
public final class BulkCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The device's Endpoint ID.")
    private @Nullable String device;

    @Parameters(index = "1", arity = "0..1", paramLabel = "WHAT", description = "What to do: see below.")
    private String what = "list";

    @Parameters(index = "2..*", arity = "0..*", paramLabel = "PATH|N", description = "Of what, or which report.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = HowLong.class,
            description = "add, change: how often, 5s or more: 30s, 5m, 1h (usual: 5m).")
    private @Nullable Duration every;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "add: over HTTP to this server, as the device reaches it, in place of events.")
    private @Nullable String url;

    @Option(names = "--mqtt", description = "add: over the device's session at the MQTT broker, in place of events.")
    private boolean mqtt;

    @Option(names = "--csv", description = "add: in CSV, in place of JSON.")
    private boolean csv;

    @Option(
            names = "--retain",
            paramLabel = "N",
            description = "add, change: so many reports that could not be delivered go with the next one (usual: 0).")
    private @Nullable Integer retain;

    @Option(names = "--name", paramLabel = "TEXT", description = "add, change: what it is called.")
    private @Nullable String name;

    @Option(names = "--keep", description = "add: keep what these parameters were, of every device: see series.")
    private boolean keep;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        String id = device;
        boolean adds = what.equals("add");
        if (!adds && (url != null || keep || mqtt || csv)) {
            throw new WrongUsageException("--url, --mqtt, --csv and --keep are for add");
        }
        if (!adds && !what.equals("change") && (every != null || retain != null || name != null)) {
            throw new WrongUsageException("--every, --retain and --name are for add and change");
        }
        if (id == null) {
            JsonNode all = client().get("/bulk");
            return print(all, (_, to) -> BulkText.ofAll(all).forEach(to::println));
        }
        String place = "/devices/" + RestClient.segment(id) + "/bulk";
        return switch (what) {
            case "list" -> list(place);
            case "add" -> add(place + "/profiles");
            case "change" -> change(place);
            case "on", "off" -> {
                String profile = profile(place);
                yield changed(profile, Json.object().put("enabled", what.equals("on")), "is " + what);
            }
            case "now" -> {
                JsonNode _ = client().post(profile(place) + "/report", Json.object());
                yield print(Json.object().put("made", number()), "report " + number() + " is made");
            }
            case "remove" -> {
                client().delete(profile(place));
                yield print(Json.object().put("removed", number()), "removed report " + number());
            }
            default ->
                throw new WrongUsageException("\"" + what + "\" is none of list, add, change, on, off, now, remove");
        };
    }

    private int list(String place) throws DeniedException, UnreachableException {
        if (!arguments.isEmpty()) {
            throw new WrongUsageException("list needs nothing else");
        }
        JsonNode bulk = client().get(place);
        return print(bulk, (_, to) -> BulkText.ofDevice(bulk).forEach(to::println));
    }

    private int add(String place) throws DeniedException, UnreachableException {
        if (arguments.isEmpty()) {
            throw new WrongUsageException("add needs the path of a parameter or object");
        }
        if (keep && arguments.stream().anyMatch(path -> path.endsWith("."))) {
            throw new WrongUsageException("--keep is for parameters; name them in place of the object");
        }
        if (url != null && mqtt) {
            throw new WrongUsageException("--url and --mqtt are two ways, of which a report has one");
        }
        RestClient client = client();
        ObjectNode order = said(arguments).put("way", url != null ? "http" : mqtt ? "mqtt" : "event");
        if (url != null) {
            order.put("url", url);
        }
        if (csv) {
            order.put("encoding", "CSV");
        }
        JsonNode made = client.post(place, order);
        if (keep) {
            for (String path : arguments) {
                JsonNode _ = client.put("/series/" + RestClient.segment(path), Json.object());
            }
        }
        return print(
                made,
                "report " + made.path("number").asLong() + ", every "
                        + made.path("interval").asLong() + " s" + (keep ? "; what comes is kept" : ""));
    }

    private int change(String place) throws DeniedException, UnreachableException {
        List<String> paths = arguments.stream().skip(1).toList();
        arguments = arguments.stream().limit(1).toList();
        String profile = profile(place);
        ObjectNode change = said(paths);
        if (change.isEmpty()) {
            throw new WrongUsageException("change needs what is to be otherwise: paths, --every, --retain or --name");
        }
        return changed(profile, change, "is changed");
    }

    private ObjectNode said(List<String> paths) {
        ObjectNode said = Json.object();
        if (!paths.isEmpty()) {
            said.set("parameters", Json.array(paths));
        }
        if (every != null) {
            said.put("interval", every.toSeconds());
        }
        if (retain != null) {
            said.put("retained", retain);
        }
        if (name != null) {
            said.put("name", name);
        }
        return said;
    }

    private int changed(String profile, JsonNode change, String words) throws DeniedException, UnreachableException {
        return print(client().put(profile, change), "report " + number() + " " + words);
    }

    private String profile(String place) {
        return place + "/profiles/" + number();
    }

    private long number() {
        if (arguments.size() != 1 || !arguments.getFirst().matches("[0-9]{1,9}")) {
            throw new WrongUsageException(what + " needs the number of a report: pharos bulk " + device);
        }
        return Long.parseLong(arguments.getFirst());
    }
}
