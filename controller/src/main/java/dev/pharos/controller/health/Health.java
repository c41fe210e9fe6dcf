// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.health;

import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How well a device is: [#BEST] less what each reason takes, and 0 at least.
///
/// @param reasons those that take most first
public record Health(List<Reason> reasons) {
    public static final int BEST = 100;

    /// The objects whose last known values are looked at, with `*` for rows.
    public static final List<String> SOURCES = List.of(
            "Device.DeviceInfo.MemoryStatus.",
            "Device.DeviceInfo.ProcessStatus.",
            "Device.Optical.Interface.*.",
            "Device.DSL.Line.*.",
            "Device.Cellular.Interface.*.",
            "Device.Ethernet.Interface.*.",
            "Device.PPP.Interface.*.",
            "Device.WiFi.Radio.*.",
            "Device.WiFi.AccessPoint.*.AssociatedDevice.*.");

    public Health {
        reasons = Frozen.list(reasons);
    }

    /// @param points that it takes
    /// @param text a clause that can stand by itself, without its end
    /// @param path of the parameter that tells it; empty where it is none
    /// @param asOf when that was learnt; empty where it is counted over a time
    public record Reason(int points, String text, String path, Optional<Instant> asOf) {}

    /// From 0 to [#BEST].
    public int score() {
        return Math.max(0, BEST - reasons.stream().mapToInt(Reason::points).sum());
    }
}
