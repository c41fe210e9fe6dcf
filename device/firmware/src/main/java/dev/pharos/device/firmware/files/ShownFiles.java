// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware.files;

import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import java.util.List;
import java.util.stream.Stream;

/// The files of a device that management may have, and none else.
public record ShownFiles(List<ConfigFile> configurations, List<LogFile> logs) {
    public static final ShownFiles NONE = new ShownFiles(List.of(), List.of());

    public ShownFiles {
        configurations = List.copyOf(configurations);
        logs = List.copyOf(logs);
    }

    /// These first, then the others.
    public ShownFiles and(ShownFiles others) {
        return new ShownFiles(
                Stream.concat(configurations.stream(), others.configurations.stream())
                        .toList(),
                Stream.concat(logs.stream(), others.logs.stream()).toList());
    }

    /// What shows them in a data model, to be mounted after whatever shows the same configuration by its values.
    ///
    /// @param trust who vouches for the servers that files go to and come from
    /// @return none where there are no files
    public List<FilesElement> elements(ServerTrust trust) {
        return equals(NONE) ? List.of() : List.of(new FilesElement(configurations, logs, trust, Patience.USUAL));
    }
}
