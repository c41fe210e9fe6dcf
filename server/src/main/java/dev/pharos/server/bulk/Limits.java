// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import java.time.Duration;

/// The bounds of the collector, each with its reason.
public final class Limits {
    /// A delivery as it comes: the largest report of a whole gateway, compressed, is a tenth of it.
    public static final int DELIVERY_BYTES = 2 << 20;

    /// A delivery without its compression: several reports of a whole gateway that could not be delivered before.
    public static final int REPORT_BYTES = 8 << 20;

    /// Values of one delivery, all reports together.
    public static final int VALUES = 100_000;

    /// The longest name or value that is read: as long as a parameter's value in the data model.
    public static final int VALUE_CHARACTERS = 64 * 1024;

    /// How deeply objects may nest in JSON; the deepest path of TR-181 has 14 steps.
    public static final int DEPTH = 64;

    /// Deliveries that are read at the same time: each may take some ten MiB.
    public static final int AT_ONCE = 16;

    /// When a device is to come again whose delivery was one too many, or whose data model is not known yet.
    public static final Duration LATER = Duration.ofSeconds(10);

    private Limits() {}
}
