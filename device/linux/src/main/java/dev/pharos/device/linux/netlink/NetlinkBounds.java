// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import java.time.Duration;

/// Bounds of the conversation with the kernel, each with its reason.
final class NetlinkBounds {
    /// What the kernel sends at once in a dump is at most 32 KiB.
    static final int BUFFER = 1 << 16;

    /// Announcements that wait: some thousand, as when a container host starts many at once.
    static final int SOCKET_BUFFER = 1 << 20;

    /// Datagrams taken in before they are published together, so that a flood of them still shows.
    static final int AT_ONCE = 256;

    /// A dump that the kernel marks as torn by a change is asked for again this often before it is taken as
    /// it is.
    static final int TORN_DUMPS = 5;

    /// Before all is asked for anew, so that one event of many consequences is one question.
    static final Duration SETTLE = Duration.ofMillis(50);

    /// After a failed conversation, so that a persistent failure costs nothing.
    static final Duration PAUSE = Duration.ofSeconds(1);

    /// Network links; a container host has some hundreds.
    static final int LINKS = 512;

    /// Addresses of all links together.
    static final int ADDRESSES = 2_048;

    /// Routes of the main table: a host has dozens; all those of the Internet would be no use to management.
    static final int ROUTES = 2_048;

    /// Neighbours: twice the kernel's own default for the hard bound of its table.
    static final int NEIGHBOURS = 2_048;

    private NetlinkBounds() {}
}
