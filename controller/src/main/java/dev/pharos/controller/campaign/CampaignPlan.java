// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.ServiceWindow;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/// What a campaign is to do.
///
/// @param name for people
/// @param target which devices, as of when it starts: [Audience.Matching] or [Audience.Named]
/// @param work what is done with each
/// @param gate what is compared after each wave but the last
public record CampaignPlan(
        String name,
        Audience target,
        CampaignWork work,
        Waves waves,
        Rules rules,
        Optional<HealthGate> gate,
        Hours hours) {

    /// When it goes on, and when it stops.
    ///
    /// @param success percent of the devices of a wave that were there with which it must succeed, 0 to 100
    /// @param errors failures that stop it at once
    /// @param soak pause after each wave
    /// @param approval whether a second person must approve it
    public record Rules(int success, ErrorLimit errors, Duration soak, boolean approval) {}

    /// When and how fast devices of a wave begin.
    ///
    /// @param patience how long a wave waits for devices that are away
    public record Hours(Pace pace, Duration patience, Optional<ServiceWindow> window, Optional<ZoneId> zone) {}

    public int last() {
        return waves.sizes().size() - 1;
    }
}
