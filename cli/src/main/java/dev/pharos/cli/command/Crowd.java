// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/// Many simulated devices, and what is said of them.
interface Crowd extends AutoCloseable {
    /// Starts all of them, and returns when the last one was started or the crowd was closed.
    void run() throws IOException;

    /// How many were started.
    int started();

    /// What they do at this moment, for a line that is written again and again.
    String progress();

    /// What they have done until now.
    Counts counts();

    /// What they did, for people and for programs.
    record Counts(String text, ObjectNode json) {}

    /// Stops all of them.
    @Override
    void close();
}
