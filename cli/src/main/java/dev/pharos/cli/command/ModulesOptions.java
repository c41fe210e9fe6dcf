// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.software.ModuleSigners;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.linux.LinuxDevice;
import dev.pharos.device.modules.ModulesConfig;
import dev.pharos.device.modules.SoftwareModules;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.mtp.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

    @Option(
            names = "--modules-signers",
            paramLabel = "FILE",
            description = "PEM: certificates of those who sign such software; with it, none is installed that none of"
                    + " them has signed. The signature lies beside the archive: its URL with .sig behind the path.")
    @Nullable
    Path signers;

    @Option(
            names = "--modules-runtime",
            paramLabel = "PROGRAM",
            description =
                    "What runs OCI images in containers: crun or runc, by name or whole path (default: the first of"
                            + " them that this host has); none runs no images.")
    @Nullable
    String runtime;

    /// Takes an option that is written plainly.
    ///
    /// @return false where it is none of these
    boolean take(String name, String value) {
        switch (name) {
            case "modules" -> folder = Path.of(value);
            case "modules-user" -> user = value;
            case "modules-signers" -> signers = Path.of(value);
            case "modules-runtime" -> runtime = value;
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
            if (user != null || signers != null || runtime != null) {
                String said =
                        user != null ? "--modules-user" : signers != null ? "--modules-signers" : "--modules-runtime";
                throw new WrongUsageException(said + " needs --modules");
            }
            return Optional.empty();
        }
        ModulesConfig config =
                ModulesConfig.of(place, runAs(), trust).signedBy(makers()).containersBy(program());
        try {
            return Optional.of(SoftwareModules.open(config));
        } catch (IOException failed) {
            throw new WrongUsageException("--modules: " + failed.getMessage());
        }
    }

    /// What stands behind an agent with software modules: they, and where the device is made up, for which programs the
    /// processors of this host are, since they run on those.
    static Supplier<List<ServiceElement>> elements(SoftwareModules modules, boolean madeUp) {
        return madeUp
                ? () -> Stream.concat(modules.elements().stream(), Stream.of(LinuxDevice.processors()))
                        .toList()
                : modules::elements;
    }

    private String program() {
        String program = runtime == null ? "" : runtime;
        if (program.contains("/") && !program.startsWith("/")) {
            throw new WrongUsageException("--modules-runtime: neither a name nor a whole path: " + program);
        }
        return program;
    }

    private ModuleSigners makers() {
        if (signers == null) {
            return ModuleSigners.NONE;
        }
        try {
            return new ModuleSigners(PemFiles.certificates(signers));
        } catch (IOException | IllegalArgumentException wrong) {
            throw new WrongUsageException("--modules-signers: " + wrong.getMessage());
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
