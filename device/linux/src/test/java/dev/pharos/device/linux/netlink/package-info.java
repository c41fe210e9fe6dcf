// SPDX-License-Identifier: Apache-2.0
/// Tests of rtnetlink.
@NullMarked
package dev.pharos.device.linux.netlink;

import org.jspecify.annotations.NullMarked;
