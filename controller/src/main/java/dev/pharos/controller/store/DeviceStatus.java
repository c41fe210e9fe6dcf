// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// How a device stands, in one word; [DeviceRecord#statusReason()] has the sentence.
public enum DeviceStatus {
    ONLINE,
    OFFLINE,
    /// Reachable, and being learnt.
    ONBOARDING,
    /// Reachable, but learning it failed; it is tried again.
    ERROR
}
