// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import dev.pharos.device.modules.unit.Bounds;
import dev.pharos.usp.Frozen;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a unit does when it runs.
///
/// @param id no other unit of this agent has it
/// @param folder where it runs
/// @param environment beside a path and a language
/// @param log where what it says goes
/// @param container that it runs in, where it does; then the command is that of the container's runtime,
///     which makes whoever it is told of what it runs
public record Work(
        String id,
        List<String> command,
        Path folder,
        Map<String, String> environment,
        Bounds bounds,
        Path log,
        Optional<Container> container) {
    /// As a process of the host.
    public Work(
            String id, List<String> command, Path folder, Map<String, String> environment, Bounds bounds, Path log) {
        this(id, command, folder, environment, bounds, log, Optional.empty());
    }

    /// In a container.
    ///
    /// @param folder with its bundle
    public static Work in(Container container, Path folder, Bounds bounds, Path log) {
        return new Work(container.id(), container.run(folder), folder, Map.of(), bounds, log, Optional.of(container));
    }

    public Work {
        command = List.copyOf(command);
        environment = Frozen.map(environment);
    }
}
