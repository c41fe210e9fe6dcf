// SPDX-License-Identifier: Apache-2.0
/// Packets of the host's links: taken from the kernel, chosen by an expression, and written as files that Wireshark
/// reads.
@NullMarked
package dev.pharos.device.diagnostics.capture;

import org.jspecify.annotations.NullMarked;
