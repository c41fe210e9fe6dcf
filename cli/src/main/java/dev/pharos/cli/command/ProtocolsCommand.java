// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// `pharos protocols`: which versions of USP a device speaks.
@Command(
        name = "protocols",
        description = "Prints which versions of USP a device speaks.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pharos protocols os::0200F0-1"})
public final class ProtocolsCommand extends DeviceCommand {
    ProtocolsCommand() {
        super("protocols");
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
        out.println(answer.path("agentSupportedProtocolVersions").asString(""));
    }
}
