// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Who an archive says that it is, as a device would read it.
public record ArchiveFacts(String name, String vendor, String version) {

    /// Unpacks it for the look, so that what a device would refuse is refused here too.
    ///
    /// @throws UnitFormatException where it is no archive, has no manifest, or one that cannot be
    public static ArchiveFacts of(Path archive) throws IOException, UnitFormatException, InterruptedException {
        Path place = Files.createTempDirectory("pharos-module");
        try {
            Path folder = place.resolve("unpacked");
            Archive.unpack(archive, folder, Long.MAX_VALUE);
            Manifest manifest;
            if (ImageLayout.isOne(folder)) {
                // it may be for other processors than the one that looks
                ImageLayout.lay(folder, Long.MAX_VALUE, Platform.ANY);
                manifest = ImageReader.read(folder).manifest();
            } else {
                manifest = ManifestReader.read(folder);
            }
            return new ArchiveFacts(manifest.name(), manifest.vendor(), manifest.version());
        } finally {
            FileTree.remove(place);
        }
    }
}
