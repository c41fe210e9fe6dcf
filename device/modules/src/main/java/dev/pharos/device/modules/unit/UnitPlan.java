// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;

/// An execution unit as its archive wants it.
///
/// @param command the program, absolute or within the archive, and its arguments
/// @param autoStart whether it starts by itself
/// @param runLevel from which on it does; -1 where the archive leaves that to the execution environment
public record UnitPlan(
        String name,
        String description,
        List<String> command,
        Map<String, String> environment,
        boolean autoStart,
        int runLevel,
        Bounds bounds) {
    public UnitPlan {
        command = List.copyOf(command);
        environment = Frozen.map(environment);
    }
}
