// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.job.Crossing;
import java.time.Duration;
import java.util.OptionalLong;

/// How a device is to be moved.
///
/// @param crossing what is wanted of it
/// @param by who wants it
/// @param campaign that moves it, empty where a person does
/// @param cameFrom where the device was called over TR-069 before, as an address with a port
public record MigrationPlan(UspDoor door, Crossing crossing, String by, OptionalLong campaign, String cameFrom) {

    /// Whether TR-069 stays as the reserve, instead of being switched off.
    public boolean keepCwmp() {
        return crossing.keepCwmp();
    }

    /// How long USP has to hold before the device counts as moved.
    public Duration settle() {
        return crossing.settle();
    }

    /// Whether the network tells it the way, and nothing is written to it for that.
    public boolean byNetwork() {
        return crossing.byNetwork();
    }

    /// Whether that campaign moves it.
    public boolean isOf(long number) {
        return campaign.isPresent() && campaign.getAsLong() == number;
    }
}
