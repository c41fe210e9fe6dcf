// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.UspError;

/// The device answered with an Error Message: the request failed as a whole.
public final class RequestFailedException extends CallException {
    private static final long serialVersionUID = 1L;

    private final transient UspError error;

    public RequestFailedException(EndpointId device, UspError error) {
        super(device, error.fault().toString());
        this.error = error;
    }

    /// What the device said, all of it.
    public UspError error() {
        return error;
    }
}
