// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/// The file that `pharos agent --config FILE` names: it gives options that the command line leaves out, so it
/// must be known before the command line is read.
final class OptionFile {
    private OptionFile() {}

    /// What the file among the agent's options gives.
    static Optional<CommandLine.IDefaultValueProvider> within(List<String> options) {
        return named(options).map(file -> new CommandLine.PropertiesDefaultProvider(file.toFile()));
    }

    private static Optional<Path> named(List<String> options) {
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            if (option.startsWith("--config=")) {
                return Optional.of(Path.of(option.substring("--config=".length())));
            }
            if (option.equals("--config") && i + 1 < options.size()) {
                return Optional.of(Path.of(options.get(i + 1)));
            }
        }
        return Optional.empty();
    }
}
