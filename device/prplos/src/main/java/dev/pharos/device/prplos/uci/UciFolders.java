// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where UCI keeps its files.
///
/// @param config one file for each package
/// @param pending changes that are staged and not committed, one file for each package
/// @param override where a package has a file here, it stands in place of that in `config`
public record UciFolders(Path config, Path pending, Path override) {
    /// Those of OpenWrt.
    public static final UciFolders OF_THIS_HOST =
            new UciFolders(Path.of("/etc/config"), Path.of("/tmp/.uci"), Path.of("/var/run/uci"));

    /// Folders with all of it beneath one, as for a test or a demonstration.
    public static UciFolders beneath(Path root) {
        return new UciFolders(root.resolve("etc/config"), root.resolve("tmp/.uci"), root.resolve("var/run/uci"));
    }

    /// A folder of configuration files that is not the system's own, with what is staged within it.
    public static UciFolders at(Path config) {
        return new UciFolders(config, config.resolve(".pending"), config.resolve(".override"));
    }

    /// Where daemons leave what is not kept over a restart, such as `/tmp`.
    public Path beside() {
        Path parent = pending.toAbsolutePath().getParent();
        return parent == null ? pending : parent;
    }

    /// Where a package is read.
    public Path file(String packageName) {
        Path overriding = override.resolve(packageName);
        return Files.isRegularFile(overriding) ? overriding : config.resolve(packageName);
    }
}
