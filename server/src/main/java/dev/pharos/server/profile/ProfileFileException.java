// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

/// A text holds no profiles: in which line, why, and what is allowed there.
public final class ProfileFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    ProfileFileException(int line, String reason) {
        super(reason, null, false, false);
        this.line = line;
    }

    /// Counted from 1.
    public int line() {
        return line;
    }

    /// The sentence for people; never null.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
