// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.swap;

/// A swap cannot be planned, done or taken back.
public final class SwapRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param status of HTTP
    /// @param reason as a sentence
    SwapRefusedException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
