// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

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
            if (Files.notExists(folder.resolve(Manifest.FILE))) {
                throw new UnitFormatException("there is no " + Manifest.FILE + " at the top of the archive");
            }
            Manifest manifest = ManifestReader.read(folder);
            return new ArchiveFacts(manifest.name(), manifest.vendor(), manifest.version());
        } finally {
            remove(place);
        }
    }

    private static void remove(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> {
                try {
                    Files.deleteIfExists(each);
                } catch (IOException left) {
                    throw new UncheckedIOException(left);
                }
            });
        }
    }
}
