// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A folder of our own in `/tmp`, where everybody may write.
final class ImageFolder {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

    private ImageFolder() {}

    /// @throws IOException where the name is taken by what is not ours
    static Path at(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        try {
            Files.createDirectory(absolute, PosixFilePermissions.asFileAttribute(OURS));
        } catch (FileAlreadyExistsException there) {
            boolean ours = Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(absolute, LinkOption.NOFOLLOW_LINKS)
                            .equals(Files.getOwner(Path.of("/proc/self")));
            if (!ours) {
                throw new IOException(absolute + " belongs to somebody else");
            }
            Files.setPosixFilePermissions(absolute, OURS);
        }
        return absolute;
    }
}
