// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.process.RestartPolicy;
import java.time.Duration;

/// What management can set of an execution unit.
///
/// @param shutdownDelay seconds from being asked to end to being killed
record UnitSettings(boolean autoStart, int runLevel, long shutdownDelay, RestartPolicy restart) {
    Duration patience() {
        return Duration.ofSeconds(Math.min(shutdownDelay, Limits.SHUTDOWN_DELAY));
    }

    /// With one parameter written.
    ///
    /// @param name relative to the execution unit
    UnitSettings with(String name, String value) {
        return switch (name) {
            case "AutoStart" -> new UnitSettings(value.equals("true"), runLevel, shutdownDelay, restart);
            case "RunLevel" -> new UnitSettings(autoStart, Integer.parseInt(value), shutdownDelay, restart);
            case "ShutdownDelay" -> new UnitSettings(autoStart, runLevel, Long.parseLong(value), restart);
            default -> new UnitSettings(autoStart, runLevel, shutdownDelay, with(restart, name, value));
        };
    }

    /// A restart policy with one parameter of `AutoRestart.` written.
    static RestartPolicy with(RestartPolicy was, String name, String value) {
        long number = value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
        boolean on = name.equals("AutoRestart.Enable") ? value.equals("true") : was.enabled();
        return new RestartPolicy(
                on,
                name.equals("AutoRestart.RetryMinimumWaitInterval") ? number : was.minimumWait(),
                name.equals("AutoRestart.RetryMaximumWaitInterval") ? number : was.maximumWait(),
                name.equals("AutoRestart.RetryIntervalMultiplier") ? number : was.multiplier(),
                name.equals("AutoRestart.MaximumRetryCount") ? number : was.maximumCount(),
                name.equals("AutoRestart.ResetPeriod") ? number : was.resetPeriod());
    }
}
