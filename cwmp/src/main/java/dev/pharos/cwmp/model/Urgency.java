// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

/// What the ACS is to hear of at once.
///
/// @param session whether in a session
/// @param light whether by a lightweight notification
public record Urgency(boolean session, boolean light) {
    public static final Urgency NONE = new Urgency(false, false);

    Urgency and(Urgency other) {
        return new Urgency(session || other.session, light || other.light);
    }
}
