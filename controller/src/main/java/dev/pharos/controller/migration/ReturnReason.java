// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import java.util.Locale;

/// Why a device goes back to TR-069, as it is counted.
public enum ReturnReason {
    /// It opened no session of TR-069 in which it could be set up.
    NO_SESSION,
    /// It refused what was written for USP, or its sessions ended over that.
    NOT_SET_UP,
    /// It did not come over USP.
    NO_ARRIVAL,
    /// It says something else of itself over USP.
    DIFFERENT,
    /// It does not let itself be read over USP.
    UNREADABLE,
    /// It fell silent over USP.
    SILENT,
    /// Somebody wanted it back.
    CALLED_BACK,
    /// The campaign that moved it had ended its wave, or was stopped, before the device came.
    FORSAKEN;

    /// As REST shows it: `no-arrival`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException where there is no such reason
    public static ReturnReason of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
