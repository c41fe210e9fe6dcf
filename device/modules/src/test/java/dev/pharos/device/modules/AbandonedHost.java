// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.process.RunAs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// A host of its own, which installs one archive and stays until it is killed.
final class AbandonedHost {
    private AbandonedHost() {}

    public static void main(String[] words) throws Exception {
        try (ModulesHost host = ModulesHost.with(Path.of(words[1]), words[0], ModulesHost.CGROUPS, RunAs.self())) {
            var _ = host.install(URI.create(words[2]));
            Thread.sleep(Duration.ofMinutes(5));
        }
    }
}
