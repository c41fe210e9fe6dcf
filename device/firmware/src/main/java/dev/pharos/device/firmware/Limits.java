// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import java.time.Duration;

/// Bounds of what is fetched, each with its reason.
public final class Limits {
    /// The largest image: a server that never ends must not fill the disk.
    public static final long IMAGE_BYTES = 2L << 30;

    /// Room that an image must leave on the disk, for what else the device has to write.
    public static final long ROOM_LEFT = 16L << 20;

    /// Read and written at once.
    static final int BUFFER = 1 << 16;

    /// Redirects of one request: as browsers have it, far more than any server needs.
    static final int REDIRECTS = 5;

    /// The whole download, however often it begins again: a slow line has the largest image by then.
    static final Duration LONGEST = Duration.ofHours(12);

    /// Time windows of one Activate(): TR-181's own bound.
    static final int WINDOWS = 5;

    /// The latest that a time window may begin or end; the definition has no bound.
    static final Duration FURTHEST_WINDOW = Duration.ofDays(7);

    private Limits() {}
}
