// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// What a device has to tell us, beside what we want it to.
public record Subscriptions(List<Subscription> items) {

    /// @param wanted whether we want it
    /// @param present whether the device has it
    /// @param path of its row on the device; empty where it has none
    public record Subscription(
            String id,
            String notifType,
            String referenceList,
            boolean enabled,
            boolean wanted,
            boolean present,
            boolean persistent,
            String path) {}
}
