// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos delete`: removes rows.
@Command(
        name = "delete",
        description = "Removes rows of tables and prints what is gone.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pharos delete os::0200F0-1 Device.NAT.PortMapping.3."})
public final class DeleteCommand extends DeviceCommand {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", description = "Rows, or search paths to several.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--partial", description = "Keep what could be removed where something else fails.")
    private boolean partial;

    DeleteCommand() {
        super("delete");
    }

    @Override
    JsonNode request() {
        return Json.object().put("allowPartial", partial).set("objPaths", Json.array(paths));
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
        for (JsonNode result : answer.path("deletedObjectResults")) {
            JsonNode failure = result.path("operStatus").path("operFailure");
            if (!failure.isMissingNode()) {
                failed(result.path("requestedPath").asString(""), failure);
            }
            JsonNode success = result.path("operStatus").path("operSuccess");
            success.path("affectedPaths").forEach(p -> out.println(p.asString("")));
            success.path("unaffectedPathErrs")
                    .forEach(e -> failed(e.path("unaffectedPath").asString(""), e));
        }
    }
}
