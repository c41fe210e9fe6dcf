// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.software.ModuleSigners;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.modules.process.RunAs;
import java.nio.file.Path;
import java.time.Duration;

/// Which software modules a host has.
///
/// @param folder of nothing else, where they are; no other agent may have it
/// @param user who execution units run as
/// @param trust who vouches for the servers that archives come from
/// @param signers whose signatures archives must have; where there are none, none needs one
/// @param runtime the program that runs containers, see [dev.pharos.device.modules.container.OciRuntime#find]
/// @param cgroups where the host has its control groups
/// @param longest that an operation may take
public record ModulesConfig(
        Path folder,
        RunAs user,
        ServerTrust trust,
        ModuleSigners signers,
        Patience patience,
        String runtime,
        Path cgroups,
        Duration longest) {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /// As on any host, with archives that nobody has to sign.
    public static ModulesConfig of(Path folder, RunAs user, ServerTrust trust) {
        return new ModulesConfig(
                folder, user, trust, ModuleSigners.NONE, Patience.USUAL, "", CGROUPS, Limits.OPERATION);
    }

    /// The same, with archives that one of these has signed.
    public ModulesConfig signedBy(ModuleSigners those) {
        return new ModulesConfig(folder, user, trust, those, patience, runtime, cgroups, longest);
    }

    /// The same, with containers by this program.
    public ModulesConfig containersBy(String program) {
        return new ModulesConfig(folder, user, trust, signers, patience, program, cgroups, longest);
    }
}
