// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.usp.message.OperateRequest;
import java.time.Duration;

/// `Device.ScheduleTimer()`, by which a device comes again after a while, as TR-069 has it (ScheduleInform).
public final class TimerCommand {
    public static final String COMMAND = "Device.ScheduleTimer()";

    private static final int KEY_CHARACTERS = 32;
    private static final String DELAY = "DelaySeconds";

    private TimerCommand() {}

    /// @throws IllegalArgumentException saying, as a sentence, what of it cannot be
    public static Errand of(OperateRequest request) {
        String delay = request.inputArgs().getOrDefault(DELAY, "");
        if (!delay.matches("[1-9][0-9]{0,9}") || Long.parseLong(delay) > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(DELAY + " must be said, as 1 to 4294967295 seconds");
        }
        if (request.inputArgs().size() > 1) {
            throw new IllegalArgumentException("it takes " + DELAY + " and nothing else");
        }
        if (request.commandKey().length() > KEY_CHARACTERS) {
            throw new IllegalArgumentException("over TR-069 a commandKey has up to " + KEY_CHARACTERS + " characters");
        }
        return new Errand.CallMethod(
                new ScheduleInform(Duration.ofSeconds(Long.parseLong(delay)), request.commandKey()));
    }
}
