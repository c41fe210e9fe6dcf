// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.server.store.FileKind;
import java.time.Duration;

/// The bounds of files of devices, each with its reason.
public final class Limits {
    /// The largest file of any kind: the logs and captures that our own agent sends at most.
    public static final long FILE_BYTES = 16L << 20;

    /// The largest configuration: that of a gateway with everything on is some 200 KiB.
    static final long CONFIG_BYTES = 4L << 20;

    /// Files of one kind that are kept of a device: the newest, so that there is one from before the trouble.
    public static final int KEPT = 10;

    /// Bytes of files of one kind that are kept of a device: of the largest logs the last two.
    public static final long KEPT_BYTES = 32L << 20;

    /// Requests that one device may work on at once: one for each of its files, of a device with some.
    public static final int OPEN = 4;

    /// Requests that are kept of a device, to see what became of them.
    public static final int REQUESTS = 20;

    /// How long a link is good, and a request open: a slow line has sent the largest file by then.
    public static final Duration LINK = Duration.ofHours(1);

    /// The same over TR-069, where a device may be asked only when it comes by itself: many do once a day, and have two
    /// hours then.
    public static final Duration TR069_LINK = Duration.ofHours(26);

    /// Characters of a link over TR-069.
    static final int TR069_URL = 256;

    /// For the device's answer that it begins.
    static final Duration ANSWER = Duration.ofSeconds(30);

    /// Files that are received or given at once: each holds a connection and a buffer.
    public static final int TRANSFERS = 100;

    /// Bytes of a part: small beside the memory of a server that gives a hundred files at once.
    public static final int PART = 1 << 18;

    private Limits() {}

    /// Bytes that a file may have.
    public static long of(FileKind kind) {
        return switch (kind) {
            case CONFIG -> CONFIG_BYTES;
            case LOG, CAPTURE, OTHER -> FILE_BYTES;
        };
    }
}
