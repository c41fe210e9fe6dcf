// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.EndpointId;

/// No answer came in time. Whether the device carried the request out is not known, but for one that was never sent.
public final class CallTimedOutException extends CallException {
    private static final long serialVersionUID = 1L;

    private final boolean sent;

    /// @param sent whether the request left us
    public CallTimedOutException(EndpointId device, String why, boolean sent) {
        super(device, why);
        this.sent = sent;
    }

    /// Whether the request left us, so that the device may have carried it out.
    public boolean sent() {
        return sent;
    }
}
