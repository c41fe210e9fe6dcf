// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// When a job may do something.
///
/// @param startAt not before
/// @param deadline when what has not begun by then is given up
/// @param window within which devices begin, in their local time; empty for at any time
/// @param zone the local time of devices that do not say theirs; the server's where it is not said either
public record Timing(Instant startAt, Instant deadline, Optional<ServiceWindow> window, Optional<ZoneId> zone) {
    public Timing {
        if (!deadline.isAfter(startAt)) {
            throw new IllegalArgumentException("a job's deadline is after its start");
        }
    }
}
