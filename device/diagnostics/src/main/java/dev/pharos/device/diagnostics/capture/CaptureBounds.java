// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import java.time.Duration;

/// Bounds of captures, each with its reason.
public final class CaptureBounds {
    /// Bytes of a packet that are kept: what the kernel hands over at once of the longest.
    public static final int SNAP = 65_535;

    /// Of a whole file: what our own server takes, and more packets than a person reads.
    public static final long FILE_BYTES = 16L << 20;

    /// Packets of one file: even of the shortest no more have room.
    public static final long PACKETS = 500_000;

    /// The longest: what happens once in a while does so by then, and a gateway does not watch for ever.
    public static final Duration LONGEST = Duration.ofMinutes(10);

    /// Where nobody says for how long.
    public static final Duration USUAL = Duration.ofSeconds(10);

    /// Packets that wait in the kernel: some thousand, as a burst on a fast line has them.
    static final int SOCKET_BUFFER = 4 << 20;

    /// After so long without a packet the one who waits looks whether it is still to go on.
    static final Duration LOOK = Duration.ofMillis(200);

    /// Extension headers of IPv6, and VLAN tags, that are looked behind: more is nothing that anybody sends.
    static final int EXTENSIONS = 8;

    private CaptureBounds() {}
}
