// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware.files;

/// Bounds of the files that a device gives away and takes back, each with its reason.
public final class Limits {
    /// The largest configuration: that of a gateway with everything on is some 200 KiB, and it is held in memory.
    public static final int CONFIG_BYTES = 4 << 20;

    /// The newest bytes of a log that are sent: days of a gateway that talks much, minutes of a slow line.
    public static final long LOG_BYTES = 16L << 20;

    /// Files of either kind that an operator may name: each is a row.
    public static final int NAMED = 16;

    /// TR-181's own bounds of texts.
    static final int NAME = 64;

    static final int DESCRIPTION = 256;

    private Limits() {}
}
