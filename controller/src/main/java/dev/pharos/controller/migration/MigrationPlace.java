// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import java.util.Locale;

/// Where a device of a campaign is that moves devices to USP: before its way, on it, or where it has no way.
public enum MigrationPlace {
    /// Its wave has not begun, or it has not been its turn.
    WAITING,
    ELIGIBLE,
    CONFIGURED,
    CONNECTED,
    VERIFIED,
    STOOD_BY,
    DONE,
    RETURNING,
    FAILED,
    RETURNED,
    /// It was managed over USP before.
    ALREADY,
    /// It cannot be moved, and nothing was written to it.
    UNABLE,
    /// It was not there until its wave was over.
    ABSENT;

    /// As people and REST see it: `stood-by`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException where there is no such place
    public static MigrationPlace of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
