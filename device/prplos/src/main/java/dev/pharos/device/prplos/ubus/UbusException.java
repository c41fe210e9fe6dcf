// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

/// A request on the bus ended with a status other than done. Without a stack trace, since it is an answer and
/// not a defect.
public final class UbusException extends Exception {
    private static final long serialVersionUID = 1L;

    private final UbusStatus status;

    /// @param what was asked for, such as `network reload`
    public UbusException(UbusStatus status, String what) {
        super("ubus: " + what + ": " + status.words() + " (" + status.code() + ")", null, false, false);
        this.status = status;
    }

    public UbusStatus status() {
        return status;
    }
}
