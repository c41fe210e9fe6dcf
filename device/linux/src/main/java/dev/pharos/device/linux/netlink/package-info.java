// SPDX-License-Identifier: Apache-2.0
/// The kernel's own announcements of links, addresses, routes and neighbours: rtnetlink(7), without any
/// native code of ours.
@NullMarked
package dev.pharos.device.linux.netlink;

import org.jspecify.annotations.NullMarked;
