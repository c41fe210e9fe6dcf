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

    /// Deliveries that are read at the same time: those that are not large take a MiB each. The more there are, the
    /// more are written by one transaction.
    public static final int AT_ONCE = 64;

    /// Of them the large ones: each may take some ten MiB.
    static final int LARGE_AT_ONCE = 16;

    /// What has more than this, as it comes or without its compression, is large.
    static final int LARGE_BYTES = 256 << 10;

    /// When a device is to come again whose delivery was one too many, or whose data model is not known yet.
    public static final Duration LATER = Duration.ofSeconds(10);

    /// How often what was counted is kept: a server that is killed loses so much of it.
    static final Duration TALLY = Duration.ofSeconds(2);

    /// Refusals that wait to be kept, of those two seconds; others are counted only.
    static final int REFUSALS_WAITING = 200;

    /// Devices of which something was refused in those two seconds: more than one server takes reports of.
    static final int DEVICES_WAITING = 20_000;

    /// Of what a stranger said, and of a reason: a line for people.
    static final int SAID_CHARACTERS = 200;

    /// How long a device may take for each step of a change to its reports.
    static final Duration STEP = Duration.ofSeconds(20);

    /// How long whoever looks waits for the device, before what was known last is shown.
    static final Duration LOOK = Duration.ofSeconds(3);

    /// Values beneath `Device.BulkData.` that are looked at: 16 profiles with 64 parameters each, and what describes
    /// them.
    static final int MODEL_VALUES = 10_000;

    private Limits() {}
}
