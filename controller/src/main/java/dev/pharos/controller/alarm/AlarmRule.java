// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.alarm;

import java.util.Optional;

/// What people want to be alarmed about.
///
/// @param devices a query for those that it is about, as it was written; empty for all
/// @param share in percent of those devices: one alarm for all of them where so many meet the condition; empty: one for
///     each that meets it
public record AlarmRule(
        String name, Severity severity, String devices, AlarmCondition condition, Optional<Integer> share) {

    /// In a few words.
    public String sentence() {
        return share.map(percent -> percent + " % of " + (devices.isBlank() ? "all devices" : devices) + ": ")
                        .orElse("")
                + condition.sentence();
    }
}
