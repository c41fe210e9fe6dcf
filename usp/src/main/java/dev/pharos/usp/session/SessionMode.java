// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

/// Whether Messages travel in Session Contexts (TR-181, E2ESession.SessionMode).
public enum SessionMode {
    /// Always: one is opened before the first Message.
    REQUIRE("Require"),
    /// Where the peer opens one: we begin none.
    ALLOW("Allow"),
    /// Never: a peer that tries is told so (R-E2E.6a).
    FORBID("Forbid");

    private final String text;

    SessionMode(String text) {
        this.text = text;
    }

    /// The word of TR-181.
    public String text() {
        return text;
    }

    /// The mode of this word.
    ///
    /// @throws IllegalArgumentException where there is none
    public static SessionMode of(String text) {
        for (SessionMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("not a session mode: " + text);
    }
}
