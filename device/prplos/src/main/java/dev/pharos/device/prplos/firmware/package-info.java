// SPDX-License-Identifier: Apache-2.0
/// Firmware of gateways with OpenWrt: by `sysupgrade`, or into one of two banks by the object `fwbank`.
@NullMarked
package dev.pharos.device.prplos.firmware;

import org.jspecify.annotations.NullMarked;
