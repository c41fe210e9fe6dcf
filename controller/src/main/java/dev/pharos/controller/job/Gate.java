// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Optional;

/// Decides whether a device of a job may begin.
///
/// @param server the server's own time zone
public record Gate(JobPlan plan, ZoneId server) {
    public Decision decide(Candidate candidate, Instant now) {
        if (candidate.standing().isEmpty()) {
            return new Decision.Stand(new TargetState.Failed("the inventory has no such device any more"));
        }
        Candidate.Standing standing = candidate.standing().get();
        if (!standing.online()) {
            return new Decision.Stand(new TargetState.Offline("it is done when it returns"));
        }
        Optional<ServiceWindow> window = plan.timing().window();
        if (window.isEmpty()) {
            return new Decision.Begin();
        }
        Optional<Instant> opening = window.get().opening(now, zone(standing.timeZone()));
        if (opening.isEmpty()) {
            return new Decision.Stand(new TargetState.Failed("its window " + window.get() + " never opens"));
        }
        return opening.get().isAfter(now)
                ? new Decision.Stand(
                        new TargetState.Waiting(opening.get(), "for its window, " + window.get() + " by its own clock"))
                : new Decision.Begin();
    }

    /// When the window of a device closes that is open.
    ///
    /// @param timeZone as the device's twin has it, empty where it does not
    /// @return empty where the job has none
    public Optional<Instant> closing(String timeZone, Instant now) {
        return plan.timing().window().flatMap(window -> window.closing(now, zone(timeZone)));
    }

    /// Of the device's clock: as it says, else as the job says, else the server's.
    private ZoneRules zone(String timeZone) {
        return PosixZone.parse(timeZone)
                .orElseGet(() -> plan.timing().zone().orElse(server).getRules());
    }
}
