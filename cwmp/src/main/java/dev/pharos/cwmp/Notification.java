// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

/// How a device tells the ACS that a parameter has changed.
public enum Notification {
    /// Not at all.
    OFF(0),
    /// With the next Inform, whatever for.
    PASSIVE(1),
    /// In a session that it opens for this.
    ACTIVE(2),
    /// With the next lightweight notification, one UDP datagram.
    PASSIVE_LIGHTWEIGHT(3),
    /// [#PASSIVE] and [#PASSIVE_LIGHTWEIGHT].
    PASSIVE_WITH_PASSIVE_LIGHTWEIGHT(4),
    /// By a lightweight notification at once.
    ACTIVE_LIGHTWEIGHT(5),
    /// [#PASSIVE] and [#ACTIVE_LIGHTWEIGHT].
    PASSIVE_WITH_ACTIVE_LIGHTWEIGHT(6);

    private final int number;

    Notification(int number) {
        this.number = number;
    }

    /// As on the wire.
    public int number() {
        return number;
    }
}
