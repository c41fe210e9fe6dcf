// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos set`: writes parameters, all or none.
@Command(
        name = "set",
        description = "Writes parameters of a device: all of them, or none where one fails.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos set os::0200F0-1 Device.WiFi.SSID.1.SSID=MyNetwork",
            "  pharos set os::0200F0-1 Device.WiFi.Radio.*.Enable=false Device.Time.NTPServer1=pool.ntp.org",
            "  pharos set os::0200F0-1 'Device.WiFi.SSID.[Name==\"wlan0\"].Enable=true'"
        })
public final class SetCommand extends DeviceCommand {
    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH=VALUE",
            description = "Parameters and their new values.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--partial", description = "Keep what could be written where something else fails.")
    private boolean partial;

    SetCommand() {
        super("set");
    }

    @Override
    JsonNode request() {
        return RequestBodies.set(assignments, partial);
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
        for (JsonNode result : answer.path("updatedObjectResults")) {
            JsonNode failure = result.path("operStatus").path("operFailure");
            if (!failure.isMissingNode()) {
                failed(result.path("requestedPath").asString(""), failure);
                for (JsonNode instance : failure.path("updatedInstanceFailures")) {
                    String object = instance.path("affectedPath").asString("");
                    instance.path("paramErrs")
                            .forEach(e -> failed(object + e.path("param").asString(""), e));
                }
            }
            JsonNode success = result.path("operStatus").path("operSuccess");
            for (JsonNode instance : success.path("updatedInstanceResults")) {
                String object = instance.path("affectedPath").asString("");
                instance.path("updatedParams")
                        .properties()
                        .forEach(p -> out.println(object + p.getKey() + "="
                                + Terminal.safe(p.getValue().asString(""))));
                instance.path("paramErrs")
                        .forEach(e -> failed(object + e.path("param").asString(""), e));
            }
        }
    }
}
