// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos add`: creates a row of a table.
@Command(
        name = "add",
        description = "Creates a row of a table and prints its path.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pharos add os::0200F0-1 Device.NAT.PortMapping. ExternalPort=8080 InternalPort=80"
        })
public final class AddCommand extends DeviceCommand {
    @Parameters(index = "1", paramLabel = "OBJECT", description = "The table, such as Device.NAT.PortMapping.")
    private String object = "";

    @Parameters(index = "2..*", arity = "0..*", paramLabel = "PARAM=VALUE", description = "The new row's parameters.")
    private List<String> settings = new ArrayList<>();

    AddCommand() {
        super("add");
    }

    @Override
    JsonNode request() {
        return RequestBodies.add(object, settings);
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
        for (JsonNode result : answer.path("createdObjectResults")) {
            JsonNode failure = result.path("operStatus").path("operFailure");
            if (!failure.isMissingNode()) {
                failed(result.path("requestedPath").asString(""), failure);
            }
            JsonNode success = result.path("operStatus").path("operSuccess");
            if (!success.isMissingNode()) {
                String path = success.path("instantiatedPath").asString("");
                out.println(path);
                success.path("paramErrs")
                        .forEach(e -> failed(path + e.path("param").asString(""), e));
            }
        }
    }
}
