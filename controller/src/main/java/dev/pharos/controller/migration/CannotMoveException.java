// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

/// A device cannot be moved from TR-069 to USP.
public final class CannotMoveException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    /// @param reason of the device, after "it cannot be moved to USP:", without a full stop
    public CannotMoveException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
