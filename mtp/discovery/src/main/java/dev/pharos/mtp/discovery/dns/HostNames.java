// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import java.util.Optional;

/// How this process resolves host names, for all transports at once: as the host does, unless a program says
/// more. The JDK allows for one way in a process, so this is the one place that is shared.
public final class HostNames {
    private static volatile Optional<NameLookup> chosen = Optional.empty();

    private HostNames() {}

    /// From now on names that end in `.local` are resolved by mDNS, where the lookup has it (R-DIS.5), and all
    /// others by its DNS server, where it has one, else by the host.
    public static void resolveBy(NameLookup lookup) {
        chosen = Optional.of(lookup);
    }

    static Optional<NameLookup> lookup() {
        return chosen;
    }
}
