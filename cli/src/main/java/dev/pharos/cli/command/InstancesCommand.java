// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos instances`: the rows of tables with their keys.
@Command(
        name = "instances",
        description = "Lists the rows of tables with their unique keys.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pharos instances os::0200F0-1 Device.WiFi.SSID."})
public final class InstancesCommand extends DeviceCommand {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", description = "Tables.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--first-level", description = "Only the rows of the tables named, not those beneath.")
    private boolean firstLevel;

    InstancesCommand() {
        super("instances");
    }

    @Override
    JsonNode request() {
        return Json.object().put("firstLevelOnly", firstLevel).set("objPaths", Json.array(paths));
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
        for (JsonNode path : answer.path("requestedPathResults")) {
            if (path.path("errCode").asInt() != 0) {
                failed(path.path("requestedPath").asString(""), path);
            }
            for (JsonNode row : path.path("currInsts")) {
                String keys = row.path("uniqueKeys").properties().stream()
                        .map(k -> k.getKey() + "=" + Terminal.safe(k.getValue().asString("")))
                        .collect(Collectors.joining(" "));
                out.println(row.path("instantiatedObjPath").asString("") + "  " + Terminal.dim(keys));
            }
        }
    }
}
