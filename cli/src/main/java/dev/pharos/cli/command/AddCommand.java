// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
        ArrayNode params = Json.array(List.of());
        for (String text : settings) {
            Assignment assignment = Assignment.parse(text)
                    .orElseThrow(() -> wrong("not PARAM=VALUE: " + text + " (for example Enable=true)"));
            params.add(Json.object()
                    .put("param", assignment.name())
                    .put("value", assignment.value())
                    .put("required", true));
        }
        String table = object.endsWith(".") ? object : object + ".";
        ObjectNode create = Json.object().put("objPath", table);
        create.set("paramSettings", params);
        ArrayNode creates = Json.array(List.of());
        creates.add(create);
        return Json.object().put("allowPartial", false).set("createObjects", creates);
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
