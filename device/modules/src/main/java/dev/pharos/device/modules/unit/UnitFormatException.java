// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

/// An archive is none, holds what must not be on the disk, or says of itself what cannot be. Carries no stack trace,
/// since it is about the archive.
public final class UnitFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// What is wrong with it.
    public enum Kind {
        DAMAGED,
        /// Nothing but that there is no room for it.
        TOO_LARGE,
        /// Nothing but that it is for other hosts.
        ELSEWHERE
    }

    UnitFormatException(String why) {
        this(why, Kind.DAMAGED);
    }

    private UnitFormatException(String why, Kind kind) {
        super(why, null, false, false);
        this.kind = kind;
    }

    static UnitFormatException tooLarge(String why) {
        return new UnitFormatException(why, Kind.TOO_LARGE);
    }

    static UnitFormatException elsewhere(String why) {
        return new UnitFormatException(why, Kind.ELSEWHERE);
    }

    /// The same, saying which part of it is meant.
    UnitFormatException within(String part) {
        return new UnitFormatException(part + ": " + getMessage(), kind);
    }

    public Kind kind() {
        return kind;
    }
}
