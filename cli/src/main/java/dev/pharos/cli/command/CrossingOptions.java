// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// How devices are to be moved from TR-069 to USP.
final class CrossingOptions {
    @Option(
            names = "--to",
            paramLabel = "TRANSPORT",
            description = "ws, mqtt or stomp, ws by default; encrypted where the server listens so.")
    private @Nullable String to;

    @Option(names = "--keep-cwmp", description = "Keep TR-069 as the reserve instead of switching it off.")
    private boolean keepCwmp;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "How long USP has to hold before TR-069 is switched off; 60 by default.")
    private @Nullable Integer settle;

    @Option(
            names = "--by-network",
            description =
                    "Write nothing for it: the network tells the device the way, as by DHCP (pharos discover --offer).")
    private boolean byNetwork;

    boolean isSaid() {
        return to != null || keepCwmp || settle != null || byNetwork;
    }

    /// Where it is said.
    Optional<String> transport() {
        return Optional.ofNullable(to);
    }

    ObjectNode body() {
        ObjectNode body = Json.object();
        if (to != null) {
            body.put("to", to);
        }
        if (keepCwmp) {
            body.put("keepCwmp", true);
        }
        if (settle != null) {
            body.put("settle", settle);
        }
        if (byNetwork) {
            body.put("byNetwork", true);
        }
        return body;
    }
}
