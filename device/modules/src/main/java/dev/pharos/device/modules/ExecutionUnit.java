// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import java.time.Instant;

/// An execution unit that is installed.
///
/// @param number of its row
/// @param name within its deployment unit
record ExecutionUnit(long number, String name, Instant created, UnitSettings settings) {
    ExecutionUnit with(UnitSettings now) {
        return new ExecutionUnit(number, name, created, now);
    }
}
