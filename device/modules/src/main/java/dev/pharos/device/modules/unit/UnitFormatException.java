// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

/// An archive is none, holds what must not be on the disk, or says of itself what cannot be. Carries no stack trace,
/// since it is about the archive.
public final class UnitFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    UnitFormatException(String why) {
        this(why, false);
    }

    private UnitFormatException(String why, boolean tooLarge) {
        super(why, null, false, false);
        this.tooLarge = tooLarge;
    }

    static UnitFormatException tooLarge(String why) {
        return new UnitFormatException(why, true);
    }

    /// Whether there is nothing wrong with it but that there is no room for it.
    public boolean isTooLarge() {
        return tooLarge;
    }
}
