// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.rest;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The folder that holds everything the server keeps.
public final class DataFolder {
    private DataFolder() {}

    /// The option, else PHAROS_DATA, else `pharos` in the user's data home.
    public static Path of(@Nullable Path option) {
        if (option != null) {
            return option;
        }
        String data = System.getenv("PHAROS_DATA");
        if (data != null && !data.isEmpty()) {
            return Path.of(data);
        }
        String home = System.getenv("XDG_DATA_HOME");
        Path base = home != null && !home.isEmpty()
                ? Path.of(home)
                : Path.of(System.getProperty("user.home"), ".local", "share");
        return base.resolve("pharos");
    }
}
