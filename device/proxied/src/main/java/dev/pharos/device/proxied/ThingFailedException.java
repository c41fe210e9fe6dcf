// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

/// A thing did not do what was wanted of it. The text says why, for people.
public final class ThingFailedException extends Exception {
    private static final long serialVersionUID = 1;
    private final Reason reason;

    /// What kind of failure it is.
    public enum Reason {
        /// The thing is away, or does not answer in time.
        UNREACHABLE,
        /// The value is none that it can have.
        WRONG_VALUE,
        /// It said no.
        REFUSED
    }

    public ThingFailedException(Reason reason, String why) {
        super(why);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
