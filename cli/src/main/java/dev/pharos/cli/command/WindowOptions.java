// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.WrongUsageException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// The hours in which devices begin.
final class WindowOptions {
    @Option(
            names = "--window",
            paramLabel = "FROM-TO",
            description = "Begin with a device between these hours only, by its own clock: 01:00-05:00.")
    private @Nullable String window;

    @Option(names = "--days", paramLabel = "DAYS", description = "Days on which the window begins: mon,tue.")
    private @Nullable String days;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "For devices that do not say theirs: Europe/Berlin (default: the server's).")
    private @Nullable String zone;

    /// As `window` of a body, where it is said.
    void put(ObjectNode body) {
        if (window == null) {
            if (days != null || zone != null) {
                throw new WrongUsageException("--days and --zone go with --window FROM-TO");
            }
            return;
        }
        int dash = window.indexOf('-');
        if (dash < 0) {
            throw new WrongUsageException("--window looks like 01:00-05:00");
        }
        ObjectNode node =
                body.putObject("window").put("from", window.substring(0, dash)).put("to", window.substring(dash + 1));
        if (days != null) {
            node.set("days", Json.array(Arrays.asList(days.split(","))));
        }
        if (zone != null) {
            node.put("zone", zone);
        }
    }
}
