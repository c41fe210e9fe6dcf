// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.device.firmware.Outgoing;
import dev.pharos.device.firmware.files.LogFile;
import dev.pharos.usp.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// What a simulated gateway writes down of its life, the last lines of it. Thread-safe.
final class GatewayLog implements LogFile {
    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void note(Instant time, String text) {
        if (lines.size() == Limits.LOG_LINES) {
            lines.removeFirst();
        }
        lines.addLast(GatewayElement.seconds(time) + " " + text);
    }

    @Override
    public String name() {
        return "system.log";
    }

    @Override
    public long maximumSize() {
        return Limits.LOG_BYTES;
    }

    /// It outlives a restart of the gateway, but not that of the process it lives in.
    @Override
    public boolean isPersistent() {
        return false;
    }

    @Override
    public synchronized Outgoing content() {
        return Outgoing.of(Bytes.adopt((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
