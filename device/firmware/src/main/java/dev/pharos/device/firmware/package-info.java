// SPDX-License-Identifier: Apache-2.0
/// Firmware images as devices of every kind fetch and check them: what Download() and Activate() have in common.
@NullMarked
package dev.pharos.device.firmware;

import org.jspecify.annotations.NullMarked;
