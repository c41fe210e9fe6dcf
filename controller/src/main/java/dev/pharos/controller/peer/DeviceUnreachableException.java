// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// The device is not connected, or its connection was lost before it answered.
public final class DeviceUnreachableException extends CallException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> lastSeen;

    public DeviceUnreachableException(EndpointId device, String why, Optional<Instant> lastSeen) {
        super(device, why);
        this.lastSeen = lastSeen;
    }

    /// The last proof of life, or empty where it was never seen.
    public Optional<Instant> lastSeen() {
        return lastSeen;
    }
}
