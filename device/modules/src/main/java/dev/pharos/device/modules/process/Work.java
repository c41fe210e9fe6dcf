// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import dev.pharos.device.modules.unit.Bounds;
import dev.pharos.usp.Frozen;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a unit does when it runs.
///
/// @param id no other unit of this agent has it
/// @param folder where it runs
/// @param environment beside a path and a language
/// @param log where what it says goes
public record Work(
        String id, List<String> command, Path folder, Map<String, String> environment, Bounds bounds, Path log) {
    public Work {
        command = List.copyOf(command);
        environment = Frozen.map(environment);
    }
}
