// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command that is to be run.
///
/// @param name its path, `Device.Reboot()`
public record ServiceElementAction(
        @Nullable String name, @Nullable List<@Nullable Argument> inputArgs) {

    public Map<String, String> arguments() {
        return Argument.read("inputArgs", inputArgs);
    }
}
