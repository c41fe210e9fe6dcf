// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.server.store.FirmwareStore.StoredImage;
import java.util.Map;
import java.util.Optional;

/// What a device is to run.
///
/// @param version as it says it when it does
/// @param image of the repository, where it has it
record Wanted(String version, Optional<StoredImage> image) {
    static Wanted of(StoredImage image) {
        return new Wanted(image.version(), Optional.of(image));
    }

    String called() {
        return image.map(each -> each.name() + " ").orElse("") + version;
    }

    /// As events tell it.
    Map<String, String> arguments() {
        return image.map(each -> Map.of("image", Long.toString(each.id()), "version", version))
                .orElse(Map.of("version", version));
    }
}
