// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.EndpointId;

/// No answer came in time. Whether the device carried the request out is not known.
public final class CallTimedOutException extends CallException {
    private static final long serialVersionUID = 1L;

    public CallTimedOutException(EndpointId device, String why) {
        super(device, why);
    }
}
