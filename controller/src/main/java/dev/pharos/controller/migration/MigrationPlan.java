// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.controller.acs.UspDoor;
import java.time.Duration;
import java.util.OptionalLong;

/// How a device is to be moved.
///
/// @param keepCwmp whether TR-069 stays as the reserve, instead of being switched off
/// @param settle how long USP has to hold before the device counts as moved
/// @param by who wants it
/// @param campaign that moves it, empty where a person does
/// @param cameFrom where the device was called over TR-069 before, as an address with a port
public record MigrationPlan(
        UspDoor door, boolean keepCwmp, Duration settle, String by, OptionalLong campaign, String cameFrom) {

    /// Whether that campaign moves it.
    public boolean isOf(long number) {
        return campaign.isPresent() && campaign.getAsLong() == number;
    }
}
