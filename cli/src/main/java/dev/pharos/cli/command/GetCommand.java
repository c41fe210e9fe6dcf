// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos get`: reads parameters.
@Command(
        name = "get",
        description = "Reads parameters of a device.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos get os::0200F0-1 Device.DeviceInfo.",
            "  pharos get os::0200F0-1 Device.WiFi.SSID.*.SSID --value",
            "  pharos get os::0200F0-1 'Device.Hosts.Host.[Active==true].HostName' Device.DeviceInfo.UpTime"
        })
public final class GetCommand extends DeviceCommand {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", description = "Object, parameter or search paths.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--value", description = "Print bare values, one a line, in the order asked.")
    private boolean valuesOnly;

    @Option(
            names = "--depth",
            defaultValue = "0",
            description = "1: the object's own parameters, 2: with its children, and so on; 0: everything beneath.")
    private int depth;

    GetCommand() {
        super("get");
    }

    @Override
    JsonNode request() {
        return Json.object().put("maxDepth", depth).set("paths", Json.array(paths));
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
        for (JsonNode path : answer.path("requestedPathResults")) {
            if (path.path("errCode").asInt() != 0) {
                failed(path.path("requestedPath").asString(""), path);
            }
            for (JsonNode object : path.path("resolvedPathResults")) {
                String name = object.path("resolvedPath").asString("");
                object.path("resultParams").properties().forEach(p -> {
                    String value = Terminal.safe(p.getValue().asString(""));
                    out.println(valuesOnly ? value : name + p.getKey() + Terminal.dim("=") + value);
                });
            }
        }
    }
}
