// SPDX-License-Identifier: Apache-2.0
/// Firmware of a Linux host: images that an installer of the operator's own puts where the host boots from.
@NullMarked
package dev.pharos.device.linux.firmware;

import org.jspecify.annotations.NullMarked;
