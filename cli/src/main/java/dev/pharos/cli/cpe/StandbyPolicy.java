// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.time.Instant;

/// Whether the ACS wants to hear that the device has stood by (`Device.ManagementServer.StandbyPolicy.`,
/// TR-069 Annex L).
/// A device that stands by here is neither reached by calls nor woken by its clock.
///
/// @param unaware longest time in seconds for which it may be out of reach untold; negative for any
/// @param missedPeriodic most times that it may not come periodically untold; negative for any
/// @param missedScheduled whether it is told that it did not come when the ACS had planned it
record StandbyPolicy(long unaware, long missedPeriodic, boolean missedScheduled) {
    static final String OBJECT = ManagementServerElement.OBJECT + "StandbyPolicy.";
    private static final String STAYS_AWAKE = OBJECT + "ScheduledAwarenessRequested";

    static StandbyPolicy of(Snapshot snapshot) {
        return new StandbyPolicy(
                number(snapshot, "CRUnawarenessMaxDuration"),
                number(snapshot, "MaxMissedPeriodic"),
                snapshot.value(OBJECT + "NotifyMissedScheduled")
                        .filter("true"::equals)
                        .isPresent());
    }

    /// Refuses what the device could not keep.
    ///
    /// @throws UspException where it is to stay awake for what the ACS has planned
    static void check(Change change) {
        if (change instanceof Change.ValueChanged(String path, String _, String after)
                && path.equals(STAYS_AWAKE)
                && after.equals("true")) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE,
                    STAYS_AWAKE + ": nothing here can keep the device awake; only false is allowed");
        }
    }

    private static long number(Snapshot snapshot, String parameter) {
        return snapshot.value(OBJECT + parameter).map(Long::parseLong).orElse(-1L);
    }

    /// @param since when it began to stand by
    boolean isToBeTold(Agenda agenda, Instant since, Instant now) {
        return (unaware >= 0 && Duration.between(since, now).compareTo(Duration.ofSeconds(unaware)) > 0)
                || (missedPeriodic >= 0 && agenda.missedPeriodic(since, now) > missedPeriodic)
                || (missedScheduled && agenda.missedPlanned(since, now));
    }
}
