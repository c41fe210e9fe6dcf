// SPDX-License-Identifier: Apache-2.0
/// A gateway with OpenWrt or prplOS, as what stands behind an agent.
@NullMarked
package dev.pharos.device.prplos;

import org.jspecify.annotations.NullMarked;
