// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import java.util.Locale;

/// How far a device is on its way from TR-069 to USP.
public enum MigrationState {
    /// It is to be given what it needs to come over USP, in its next session.
    ELIGIBLE,
    /// It has that, and is expected over USP.
    CONFIGURED,
    /// It is here over USP, and is looked at.
    CONNECTED,
    /// It is the same over both.
    VERIFIED,
    /// TR-069 is the reserve, and USP has to hold.
    STOOD_BY,
    /// It is managed over USP.
    DONE,
    /// What was done is undone.
    RETURNING,
    /// It is managed over TR-069 as before, for it could not be moved.
    FAILED,
    /// It is managed over TR-069 as before, since somebody wanted that.
    RETURNED;

    /// Whether nothing is done any more.
    public boolean isEnd() {
        return this == DONE || this == FAILED || this == RETURNED;
    }

    /// Whether it is a step of the way to USP, of which each is further than those before it.
    public boolean isForth() {
        return compareTo(DONE) <= 0;
    }

    /// Whether the device is managed over TR-069 as it was before.
    public boolean isBack() {
        return this == FAILED || this == RETURNED;
    }

    /// As people and REST see it: `stood-by`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException where there is no such state
    public static MigrationState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
