// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

/// A passkey is not taken: whose it says to be, and why.
public final class PasskeyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String person;

    /// @param person empty where nobody is known
    /// @param reason a sentence without its full stop
    PasskeyRefusedException(String person, String reason) {
        super(reason, null, false, false);
        this.person = person;
    }

    /// Empty where nobody is known.
    public String person() {
        return person;
    }

    /// For people; a sentence without its full stop.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
