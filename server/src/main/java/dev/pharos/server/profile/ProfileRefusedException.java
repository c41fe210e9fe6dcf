// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

/// Profiles cannot be planned, brought to devices or taken back: why, as a sentence.
public final class ProfileRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param status of HTTP that says it best
    ProfileRefusedException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /// The sentence for people; never null.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
