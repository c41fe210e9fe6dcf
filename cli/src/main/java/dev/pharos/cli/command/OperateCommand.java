// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos operate`: runs a command of a device.
@Command(
        name = "operate",
        description =
                "Runs a command of a device. An asynchronous one goes on: its result arrives as an event (pharos watch).",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos operate os::0200F0-1 'Device.IP.Diagnostics.IPPing()' Host=192.0.2.1 ProtocolVersion=Any",
            "      NumberOfRepetitions=3 Timeout=1000 DataBlockSize=64",
            "  pharos operate os::0200F0-1 'Device.Reboot()'"
        })
public final class OperateCommand extends DeviceCommand {
    @Parameters(index = "1", paramLabel = "COMMAND", description = "The command's path, with or without its ().")
    private String command = "";

    @Parameters(index = "2..*", arity = "0..*", paramLabel = "ARG=VALUE", description = "Input arguments.")
    private List<String> arguments = new ArrayList<>();

    OperateCommand() {
        super("operate");
    }

    @Override
    JsonNode request() {
        return RequestBodies.operate(command, arguments)
                .put("commandKey", UUID.randomUUID().toString());
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
        for (JsonNode result : answer.path("operationResults")) {
            String executed = result.path("executedCommand").asString("");
            if (result.has("cmdFailure")) {
                failed(executed, result.path("cmdFailure"));
            } else if (result.has("reqObjPath")) {
                String row = result.path("reqObjPath").asString("");
                out.println("started " + executed + (row.isEmpty() ? "" : " as " + row));
            } else {
                out.println("done " + executed);
                result.path("reqOutputArgs")
                        .path("outputArgs")
                        .properties()
                        .forEach(a -> out.println("  " + a.getKey() + "="
                                + Terminal.safe(a.getValue().asString(""))));
            }
        }
    }
}
