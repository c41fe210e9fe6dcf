// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

/// Who is called over XMPP, and hears how the connection stands. Called by threads of the connection; must not wait.
public interface Callee {
    /// What becomes of a call.
    enum Answer {
        COMES,
        /// The caller, its name or its password is not the right one.
        NOT_AUTHORIZED,
        /// Not now.
        UNAVAILABLE
    }

    /// @param from the full name of who calls, as the server has it
    Answer called(String from, String username, String password);

    void changed(LinkState state);
}
