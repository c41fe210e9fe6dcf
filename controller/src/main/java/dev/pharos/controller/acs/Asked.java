// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

/// How it stands with an errand for which somebody has waited.
public sealed interface Asked {
    record Ended(ErrandEnd end) implements Asked {}

    /// It waits for the next session.
    ///
    /// @param because why that is not now, in words for people
    record Waits(String because) implements Asked {}

    /// Too much waits for the device already.
    record NoRoom() implements Asked {}
}
