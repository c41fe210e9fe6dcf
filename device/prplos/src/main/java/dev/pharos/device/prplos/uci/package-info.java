// SPDX-License-Identifier: Apache-2.0
/// UCI, OpenWrt's configuration: its files read and edited as their owners left them, committed under uci's
/// own locks.
@NullMarked
package dev.pharos.device.prplos.uci;

import org.jspecify.annotations.NullMarked;
