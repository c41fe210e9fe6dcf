// SPDX-License-Identifier: Apache-2.0
/// A home gateway that lives, without hardware: clients come and go, counters run, firmware is updated.
@NullMarked
package dev.pharos.device.simulated;

import org.jspecify.annotations.NullMarked;
