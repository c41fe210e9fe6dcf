// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import java.nio.file.Path;
import java.util.Optional;

/// The file that `pharos agent --config FILE` names: it gives options that the command line leaves out, so it
/// must be known before the command line is read.
final class OptionFile {
    private OptionFile() {}

    static Optional<Path> of(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("agent")) {
            return Optional.empty();
        }
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].startsWith("--config=")) {
                return Optional.of(Path.of(arguments[i].substring("--config=".length())));
            }
            if (arguments[i].equals("--config") && i + 1 < arguments.length) {
                return Optional.of(Path.of(arguments[i + 1]));
            }
        }
        return Optional.empty();
    }
}
