// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.instance.ObjectInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How busy the gateway is, in percent: computed from seed and time, so that nothing has to be measured and all
/// parameters that say something of it agree.
///
/// @param bank whose image may waste memory
record Load(Dice dice, Clock clock, Activity activity, FirmwareBank bank) {
    private static final String MEMORY = "Device.DeviceInfo.MemoryStatus.";
    private static final int LEAST_FREE = 40;
    private static final int LEAST_BUSY = 5;

    int freeMemory() {
        return (LEAST_FREE + wave(MEMORY, 15)) * bank.traits().freeMemory() / 100;
    }

    /// Of one processor, now.
    int now(String processor) {
        return at(processor, clock.instant());
    }

    /// The part of [#now] that the system itself uses.
    int system(String processor) {
        return now(processor) / 3;
    }

    /// The mean over the samples that the processor's settings ask for, the latest now; none from before the boot.
    int average(ObjectInstance processor) {
        Instant now = clock.instant();
        long interval = number(processor, "PollInterval");
        long samples = number(processor, "NumSamples");
        long sum = 0;
        int taken = 0;
        for (long sample = 0; sample < samples; sample++) {
            Instant when = now.minusSeconds(sample * interval);
            if (taken > 0 && when.isBefore(activity.bootedAt())) {
                break;
            }
            sum += at(processor.path(), when);
            taken++;
        }
        return taken == 0 ? 0 : (int) (sum / taken);
    }

    /// The mean of all processors, now.
    int ofAll(List<ObjectInstance> processors) {
        return (int) processors.stream()
                .mapToInt(processor -> now(processor.path()))
                .average()
                .orElse(0);
    }

    /// Goes up and down within some minutes, differently for each path.
    ///
    /// @return 0 to `height`
    int wave(String path, int height) {
        return wave(path, height, clock.instant());
    }

    private int at(String processor, Instant when) {
        return LEAST_BUSY + wave(processor, 40, when);
    }

    private int wave(String path, int height, Instant when) {
        long uptime = Math.max(0, Duration.between(activity.bootedAt(), when).toMillis());
        double phase = dice.roll(path, 360) + uptime / 2_000.0;
        return (int) Math.round((1 + Math.sin(Math.toRadians(phase))) / 2 * height);
    }

    private static long number(ObjectInstance object, String parameter) {
        return Long.parseLong(object.value(parameter).orElse("0"));
    }
}
