// SPDX-License-Identifier: Apache-2.0
/// Service elements of any Linux host: what /proc, /sys, /etc and the kernel's rtnetlink say about it.
@NullMarked
package dev.pharos.device.linux;

import org.jspecify.annotations.NullMarked;
