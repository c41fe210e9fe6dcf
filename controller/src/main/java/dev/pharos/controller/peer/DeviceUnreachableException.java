// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// The device is not connected, or its connection was lost before it answered.
public final class DeviceUnreachableException extends CallException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> lastSeen;
    private final boolean sent;

    /// @param sent whether the request may have left us
    public DeviceUnreachableException(EndpointId device, String why, Optional<Instant> lastSeen, boolean sent) {
        super(device, why);
        this.lastSeen = lastSeen;
        this.sent = sent;
    }

    /// Whether the request may have left us, so that the device may have carried it out.
    public boolean sent() {
        return sent;
    }

    /// The last proof of life, or empty where it was never seen.
    public Optional<Instant> lastSeen() {
        return lastSeen;
    }
}
