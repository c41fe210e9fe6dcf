// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.container;

import dev.pharos.device.modules.unit.ImageUser;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;

/// The first process of a container.
///
/// @param environment all of it
/// @param folder where it runs, within the root
/// @param user who it is within
public record Program(List<String> command, Map<String, String> environment, String folder, ImageUser user) {
    public Program {
        command = Frozen.list(command);
        environment = Frozen.map(environment);
    }
}
