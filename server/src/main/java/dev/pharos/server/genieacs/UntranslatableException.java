// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import java.io.Serial;

/// Something of an export that cannot be said by a query, a profile or a name.
final class UntranslatableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    /// @param reason for people, without a full stop
    UntranslatableException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    /// What is quoted in a reason, on one line and not too long.
    static String quoted(String text) {
        String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= Limits.QUOTED ? line : line.substring(0, Limits.QUOTED) + "…";
    }
}
