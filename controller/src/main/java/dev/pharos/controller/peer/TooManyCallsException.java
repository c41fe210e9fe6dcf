// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.EndpointId;

/// So many calls of this device wait already that this one was not tried.
public final class TooManyCallsException extends CallException {
    private static final long serialVersionUID = 1L;

    public TooManyCallsException(EndpointId device, String why) {
        super(device, why);
    }
}
