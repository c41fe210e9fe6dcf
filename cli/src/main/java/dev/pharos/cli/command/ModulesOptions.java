// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.modules.ModulesConfig;
import dev.pharos.device.modules.SoftwareModules;
import dev.pharos.device.modules.process.RunAs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whether management may install software on this host.
final class ModulesOptions {
    @Option(
            names = "--modules",
            paramLabel = "FOLDER",
            description =
                    "Let management install software: programs that it sends are kept in this folder and run on this"
                            + " host. Who may do that is for access control; see docs/software-modules.md. Without it there are no"
                            + " software modules.")
    @Nullable
    Path folder;

    @Option(
            names = "--modules-user",
            paramLabel = "USER",
            description =
                    "The user of this host that such programs run as (default: who runs the agent). Has to be said"
                            + " where that is root.")
    @Nullable
    String user;

    /// Takes an option that is written plainly.
    ///
    /// @return false where it is none of these
    boolean take(String name, String value) {
        switch (name) {
            case "modules" -> folder = Path.of(value);
            case "modules-user" -> user = value;
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Opens them; to be closed after the agent.
    ///
    /// @param trust who vouches for the servers that programs come from
    /// @throws WrongUsageException saying which option is wrong
    Optional<SoftwareModules> open(ServerTrust trust) throws IOException, InterruptedException {
        Path place = folder;
        if (place == null) {
            if (user != null) {
                throw new WrongUsageException("--modules-user needs --modules");
            }
            return Optional.empty();
        }
        RunAs runAs = runAs();
        try {
            return Optional.of(SoftwareModules.open(ModulesConfig.of(place, runAs, trust)));
        } catch (IOException failed) {
            throw new WrongUsageException("--modules: " + failed.getMessage());
        }
    }

    private RunAs runAs() throws IOException {
        RunAs self = RunAs.self();
        String name = user;
        if (name == null) {
            if (self.isRoot()) {
                throw new WrongUsageException(
                        "--modules-user USER is missing: the agent runs as root, and programs that"
                                + " management installs would too; --modules-user root says that they shall");
            }
            return self;
        }
        RunAs found = RunAs.named(name)
                .orElseThrow(() -> new WrongUsageException("--modules-user: no such user in /etc/passwd: " + name));
        if (!found.itself() && !self.isRoot()) {
            throw new WrongUsageException("--modules-user: only root can run programs as somebody else: " + name);
        }
        return found;
    }
}
