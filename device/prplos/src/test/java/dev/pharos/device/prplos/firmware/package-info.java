// SPDX-License-Identifier: Apache-2.0
/// Tests of firmware on gateways with OpenWrt.
@NullMarked
package dev.pharos.device.prplos.firmware;

import org.jspecify.annotations.NullMarked;
