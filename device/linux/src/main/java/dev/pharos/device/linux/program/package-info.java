// SPDX-License-Identifier: Apache-2.0
/// Programs of the operator's, or of the system's, that a device runs for what only they know.
@NullMarked
package dev.pharos.device.linux.program;

import org.jspecify.annotations.NullMarked;
