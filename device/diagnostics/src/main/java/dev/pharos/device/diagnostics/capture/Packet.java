// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import dev.pharos.usp.Bytes;
import java.time.Instant;

/// What went over a link.
///
/// @param time when the kernel saw it
/// @param length in bytes, as it went over the link; `bytes` may be fewer
public record Packet(Instant time, int length, Bytes bytes) {}
