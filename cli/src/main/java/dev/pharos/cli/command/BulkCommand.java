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

/// `pharos bulk`: reports that a device makes of its parameters by itself.
@Command(
        name = "bulk",
        description = "Shows the reports that a device makes by itself, has it make another, make one now, or stop one."
                + " What comes here is in the device's values, and in its series where they are kept.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What to do:",
            "  list             the reports that the device makes (as without a word)",
            "  add PATH...      it reports these from now on: parameters, objects, * for all rows",
            "  now N            it makes report N at once, beside those of its interval",
            "  remove N         it makes report N no more",
            "",
            "Examples:",
            "  pharos bulk os::0200F0-1",
            "  pharos bulk os::0200F0-1 add 'Device.WiFi.Radio.*.Stats.Noise' --every 5m --keep",
            "  pharos bulk os::0200F0-1 add Device.IP. --url https://acs.example.net:8443/bulk",
            "  pharos bulk os::0200F0-1 now 1",
            "  pharos bulk os::0200F0-1 remove 1",
            "",
            "More: docs/bulk-data.md."
        })
public final class BulkCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The device's Endpoint ID.")
    private String device = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "WHAT", description = "What to do: see below.")
    private String what = "list";

    @Parameters(index = "2..*", arity = "0..*", paramLabel = "PATH|N", description = "Of what, or which report.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = HowLong.class,
            description = "add: how often, 5s or more: 30s, 5m, 1h (usual: 5m).")
    private @Nullable Duration every;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "add: over HTTP to this server, as the device reaches it, in place of events.")
    private @Nullable String url;

    @Option(names = "--keep", description = "add: keep what these parameters were, of every device: see series.")
    private boolean keep;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        if (!what.equals("add") && (every != null || url != null || keep)) {
            throw new WrongUsageException("--every, --url and --keep are for add");
        }
        RestClient client = client();
        DeviceReports reports = new DeviceReports(client, "/devices/" + RestClient.segment(device));
        return switch (what) {
            case "list" -> list(reports);
            case "add" -> add(client, reports);
            case "now" -> {
                String row = row();
                reports.force(row);
                yield print(Json.object().put("made", row), "report " + number() + " is made");
            }
            case "remove" -> {
                String row = row();
                reports.remove(row);
                yield print(Json.object().put("removed", row), "removed report " + number());
            }
            default -> throw new WrongUsageException("\"" + what + "\" is none of list, add, now, remove");
        };
    }

    private int list(DeviceReports reports) throws DeniedException, UnreachableException {
        if (!arguments.isEmpty()) {
            throw new WrongUsageException("list needs nothing else");
        }
        JsonNode all = reports.all();
        return print(all, (_, to) -> BulkText.table(all).forEach(to::println));
    }

    private int add(RestClient client, DeviceReports reports) throws DeniedException, UnreachableException {
        if (arguments.isEmpty()) {
            throw new WrongUsageException("add needs the path of a parameter or object");
        }
        if (keep && arguments.stream().anyMatch(path -> path.endsWith("."))) {
            throw new WrongUsageException("--keep is for parameters; name them in place of the object");
        }
        long seconds = every == null ? 300 : every.toSeconds();
        DeviceReports.Order order = new DeviceReports.Order(arguments, seconds);
        String row = url == null ? reports.addPushed(order) : reports.addSent(order, url);
        if (keep) {
            for (String path : arguments) {
                JsonNode _ = client.put("/series/" + RestClient.segment(path), Json.object());
            }
        }
        return print(
                Json.object().put("added", row),
                "report " + row.replaceAll("[^0-9]", "") + ", every " + seconds + " s"
                        + (keep ? "; what comes is kept" : ""));
    }

    private String row() {
        return "Device.BulkData.Profile." + number() + ".";
    }

    private String number() {
        if (arguments.size() != 1 || !arguments.getFirst().matches("[0-9]{1,9}")) {
            throw new WrongUsageException(what + " needs the number of a report: pharos bulk " + device);
        }
        return arguments.getFirst();
    }
}
