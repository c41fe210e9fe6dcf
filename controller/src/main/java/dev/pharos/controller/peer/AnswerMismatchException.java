// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.EndpointId;

/// The device answered with a response that does not belong to the request.
public final class AnswerMismatchException extends CallException {
    private static final long serialVersionUID = 1L;

    public AnswerMismatchException(EndpointId device, String why) {
        super(device, why);
    }
}
