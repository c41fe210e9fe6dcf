// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos schema`: what a device supports.
@Command(
        name = "schema",
        description = "Lists the objects, parameters, commands and events that a device supports.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pharos schema os::0200F0-1 Device.WiFi."})
public final class SchemaCommand extends DeviceCommand {
    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Objects, in supported or instance form.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--first-level", description = "The objects named in full, their children by name only.")
    private boolean firstLevel;

    SchemaCommand() {
        super("schema");
    }

    @Override
    JsonNode request() {
        return Json.object()
                .put("firstLevelOnly", firstLevel)
                .put("returnCommands", true)
                .put("returnEvents", true)
                .put("returnParams", true)
                .put("returnUniqueKeySets", true)
                .set("objPaths", Json.array(paths));
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
        for (JsonNode result : answer.path("requestedObjectResults")) {
            if (result.path("errCode").asInt() != 0) {
                failed(result.path("reqObjPath").asString(""), result);
            }
            result.path("supportedObjs").forEach(object -> printObject(object, out));
        }
    }

    private static void printObject(JsonNode object, PrintWriter out) {
        out.println(object.path("supportedObjPath").asString("") + "  "
                + Terminal.dim(words(object.path("access").asString(""), "OBJ_")));
        for (JsonNode row : object.path("divergentPaths")) {
            out.println("  " + row.asString("") + "  " + Terminal.dim("has a model of its own: ask for this path"));
        }
        for (JsonNode p : object.path("supportedParams")) {
            out.println("  " + p.path("paramName").asString("") + "  "
                    + Terminal.dim(words(p.path("valueType").asString(""), "PARAM_") + " "
                            + words(p.path("access").asString(""), "PARAM_")));
        }
        for (JsonNode c : object.path("supportedCommands")) {
            out.println("  " + c.path("commandName").asString("") + "  "
                    + Terminal.dim(words(c.path("commandType").asString(""), "CMD_") + " in=" + c.path("inputArgNames")
                            + " out=" + c.path("outputArgNames")));
        }
        for (JsonNode e : object.path("supportedEvents")) {
            out.println("  " + e.path("eventName").asString("") + "  " + Terminal.dim("" + e.path("argNames")));
        }
    }

    private static String words(String constant, String prefix) {
        return constant.replace(prefix, "").toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
