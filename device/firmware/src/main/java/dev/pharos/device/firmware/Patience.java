// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import java.time.Duration;

/// How long a server is waited for.
///
/// @param stall for a connection, or for the next byte
/// @param tries in a row that bring no byte before it is given up
/// @param pause before the second of them, then twice as long each time
public record Patience(Duration stall, int tries, Duration pause) {
    /// A server that restarts is back by then.
    public static final Patience USUAL = new Patience(Duration.ofSeconds(30), 6, Duration.ofSeconds(1));

    Duration before(int next) {
        return pause.multipliedBy(1L << Math.min(next - 2, 10));
    }
}
