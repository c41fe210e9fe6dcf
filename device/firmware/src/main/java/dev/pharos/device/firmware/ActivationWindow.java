// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Duration;

/// When Activate() may happen, on a device with nobody to ask and that is always idle.
public final class ActivationWindow {
    private ActivationWindow() {}

    /// How long to wait: until the first window begins that needs nobody's confirmation. At once where there is none.
    ///
    /// @throws UspException 7004 for windows that cannot be, 7022 where every one of them needs somebody
    public static Duration waitBefore(CommandCall call) {
        Duration earliest = Duration.ZERO;
        int windows = 0;
        boolean found = false;
        for (int i = 1; i <= Limits.WINDOWS && call.inputs().containsKey("TimeWindow." + i + ".Start"); i++) {
            windows++;
            Duration start = start(call, "TimeWindow." + i + ".");
            if (!found && !confirmed(call, "TimeWindow." + i + ".")) {
                earliest = start;
                found = true;
            }
        }
        if (windows > 0 && !found) {
            throw new UspException(StandardErrorCode.COMMAND_FAILURE, "there is nobody to confirm");
        }
        return earliest;
    }

    private static Duration start(CommandCall call, String window) {
        long start = Long.parseLong(call.input(window + "Start", "0"));
        long end = Long.parseLong(call.input(window + "End", "0"));
        if (end < start || start > Limits.FURTHEST_WINDOW.toSeconds()) {
            throw new UspException(
                    StandardErrorCode.INVALID_ARGUMENTS, window + " ends before it starts, or starts too late");
        }
        return Duration.ofSeconds(start);
    }

    private static boolean confirmed(CommandCall call, String window) {
        return switch (call.input(window + "Mode", "")) {
            case "AnyTime", "Immediately", "WhenIdle" -> false;
            case "ConfirmationNeeded" -> true;
            default -> throw new UspException(StandardErrorCode.INVALID_ARGUMENTS, window + "Mode: not a mode");
        };
    }
}
