// SPDX-License-Identifier: Apache-2.0
/// ubus, OpenWrt's bus: its messages, and a client that calls, is called, hears events and comes back when
/// the bus does.
@NullMarked
package dev.pharos.device.prplos.ubus;

import org.jspecify.annotations.NullMarked;
