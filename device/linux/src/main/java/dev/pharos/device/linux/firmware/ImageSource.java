// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import java.nio.file.Path;

/// How images come to this host.
///
/// @param folder where they are until they are installed, unless the installer wants them elsewhere, and what is
///     known of the slots
/// @param trust who vouches for servers
public record ImageSource(Path folder, ServerTrust trust, Patience patience) {
    public static ImageSource of(Path folder, ServerTrust trust) {
        return new ImageSource(folder, trust, Patience.USUAL);
    }
}
