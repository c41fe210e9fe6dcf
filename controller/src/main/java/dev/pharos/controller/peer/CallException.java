// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.EndpointId;

/// A call of a device gave no answer of the wanted kind. What to do about it depends on which of these it is.
public abstract sealed class CallException extends Exception
        permits RequestFailedException,
                DeviceUnreachableException,
                CallTimedOutException,
                AnswerMismatchException,
                TooManyCallsException {
    private static final long serialVersionUID = 1L;

    private final transient EndpointId device;

    CallException(EndpointId device, String message) {
        super(message, null, false, false);
        this.device = device;
    }

    public EndpointId device() {
        return device;
    }

    /// The sentence for people; never null.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
