// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// What a device has to tell us, beside what we want it to.
public record Subscriptions(List<Subscription> items) {

    /// @param wanted whether we want it
    /// @param present whether the device has it
    /// @param path of its row on the device; empty where it has none
    /// @param told over TR-069 how the device tells of it; empty over USP
    /// @param refusal over TR-069 what the device said when it was to tell as wanted; else empty
    public record Subscription(
            String id,
            String notifType,
            String referenceList,
            boolean enabled,
            boolean wanted,
            boolean present,
            boolean persistent,
            String path,
            String told,
            String refusal) {}
}
