// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.time.Duration;

/// Whether and when a unit that failed is started again: `AutoRestart.` of TR-181.
///
/// @param minimumWait seconds before the first time
/// @param maximumWait seconds that it never waits longer than
/// @param multiplier how much longer it waits each time, in thousandths
/// @param maximumCount how often in a row; 0 for ever
/// @param resetPeriod seconds after which a unit that runs has not failed; 0 for never
public record RestartPolicy(
        boolean enabled, long minimumWait, long maximumWait, long multiplier, long maximumCount, long resetPeriod) {
    /// What a unit has of which nobody says anything; ten times with these waits is half an hour.
    public static final RestartPolicy USUAL = new RestartPolicy(false, 2, 300, 2000, 10, 600);

    /// How long to wait, between TR-181's bounds.
    ///
    /// @param retries how often it was started again before
    /// @param chance from 0 to 1, where between the bounds
    Duration before(long retries, double chance) {
        double factor = Math.max(1000, multiplier) / 1000.0;
        double longest = Math.min(maximumWait, Limits.LONGEST_WAIT);
        double from = minimumWait * Math.pow(factor, (double) Math.min(retries, 64));
        double to = from * factor;
        if (from >= longest) {
            from = longest / factor;
            to = longest;
        }
        Duration wait = Duration.ofMillis((long) (1000 * (from + (Math.min(to, longest) - from) * chance)));
        return wait.compareTo(Limits.SHORTEST_WAIT) < 0 ? Limits.SHORTEST_WAIT : wait;
    }

    /// Whether it may be started once more.
    boolean allows(long retries) {
        return enabled && (maximumCount == 0 || retries < maximumCount);
    }
}
