// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.settings.UspSync;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.fleet.ManagingController;
import dev.pharos.usp.EndpointId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The file of a gateway that says who manages it, followed while the agent runs.
///
/// @param said options of it that the command line has said, which counts more
record FollowedSettings(Set<String> said) {
    FollowedSettings {
        said = Set.copyOf(said);
    }

    /// @param options as the command line has them, before the file is read into them
    static FollowedSettings before(AgentOptions options) {
        Map<String, Boolean> all = options.said();
        Set<String> said = new HashSet<>();
        all.forEach((name, here) -> {
            if (here) {
                said.add(name.replace('-', '_'));
            }
        });
        if (options.passwordFile != null || said.contains("username")) {
            // a login is one thing
            said.add("password");
        }
        return new FollowedSettings(said);
    }

    /// Who manages the agent when it starts.
    ///
    /// @param controllers the first is that of the section `config usp`
    /// @param password of that one's broker
    /// @param folder where the agent keeps what it must remember
    record Managed(EndpointId own, List<ManagingController> controllers, Optional<String> password, Path folder) {
        @Override
        public String toString() {
            return "Managed[own=" + own + "]";
        }
    }

    UspSync sync(UciFolders uci, Managed managed, PrintWriter err) {
        List<EndpointId> ids =
                managed.controllers().stream().map(ManagingController::id).toList();
        UspSync.Start start = new UspSync.Start(
                managed.own(),
                ids.getFirst(),
                ids.stream().skip(1).collect(Collectors.toUnmodifiableSet()),
                managed.password(),
                said);
        return new UspSync(
                uci, managed.folder(), start, ControllerUrl::followed, warning -> err.println("pharos: " + warning));
    }
}
