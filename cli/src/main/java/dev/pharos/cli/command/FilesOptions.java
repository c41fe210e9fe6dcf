// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.device.firmware.files.ConfigFile;
import dev.pharos.device.firmware.files.Limits;
import dev.pharos.device.firmware.files.LogFile;
import dev.pharos.device.firmware.files.ShownFiles;
import dev.pharos.device.linux.files.HostConfigFile;
import dev.pharos.device.linux.files.HostLogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Files of this host that management may have.
final class FilesOptions {
    @Option(
            names = "--vendor-config",
            paramLabel = "FILE",
            description = "A configuration file of this host that management may fetch and put back"
                    + " (Device.DeviceInfo.VendorConfigFile.); see docs/files.md. Not device simulated.")
    @Nullable
    Path config;

    @Option(
            names = "--vendor-config-program",
            paramLabel = "PROGRAM",
            description =
                    "Run with `check FILE` before another file takes the place of --vendor-config, and with `reload`"
                            + " after; where it does not end with 0, everything is as it was.")
    @Nullable
    Path program;

    @Option(
            names = "--vendor-log",
            split = ",",
            paramLabel = "FILE",
            description =
                    "Log files of this host that management may fetch (Device.DeviceInfo.VendorLogFile.); repeat for"
                            + " more, or separate them by commas. Not device simulated.")
    List<Path> logs = new ArrayList<>();

    /// Takes an option that is written plainly.
    ///
    /// @return false where it is none of these
    boolean take(String name, String value) {
        switch (name) {
            case "vendor-config" -> config = Path.of(value);
            case "vendor-config-program" -> program = Path.of(value);
            case "vendor-log" -> {
                for (String each : value.split(",", -1)) {
                    logs.add(Path.of(each));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// @throws WrongUsageException saying which option is wrong
    ShownFiles shown(AgentDevice behind) {
        if (config == null && program == null && logs.isEmpty()) {
            return ShownFiles.NONE;
        }
        if (behind == AgentDevice.SIMULATED) {
            throw new WrongUsageException("--vendor-config and --vendor-log need --device linux or prplos");
        }
        if (logs.size() > Limits.NAMED) {
            throw new WrongUsageException("--vendor-log: at most " + Limits.NAMED + " files");
        }
        for (Path log : logs) {
            if (Files.exists(log) && !Files.isRegularFile(log)) {
                throw new WrongUsageException("--vendor-log: no plain file: " + log);
            }
        }
        return new ShownFiles(
                configurations(),
                logs.stream()
                        .<LogFile>map(log -> new HostLogFile(log.toAbsolutePath()))
                        .toList());
    }

    private List<ConfigFile> configurations() {
        Path named = config;
        Path keeper = program;
        if (named == null) {
            if (keeper != null) {
                throw new WrongUsageException("--vendor-config-program needs --vendor-config");
            }
            return List.of();
        }
        if (keeper != null && !Files.isExecutable(keeper)) {
            throw new WrongUsageException("--vendor-config-program: no program: " + keeper);
        }
        try {
            return List.of(HostConfigFile.of(named, Optional.ofNullable(keeper)));
        } catch (IOException failed) {
            throw new WrongUsageException("--vendor-config: cannot read " + failed.getMessage());
        }
    }
}
