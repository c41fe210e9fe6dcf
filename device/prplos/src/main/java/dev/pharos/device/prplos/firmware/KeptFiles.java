// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/// What the agent itself needs to be managed after an upgrade, as the list of its package for `sysupgrade` names it:
/// `/etc/config/usp` and the folder of what it remembers.
///
/// @param root what the paths of the list are beneath: `/`, but in tests
/// @param list of files and folders, one a line; lines with `#` and those that do not begin with `/` count for nothing
record KeptFiles(Path root, Path list) {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
    private static final int REGULAR = 0100000;

    /// Writes them into a `tar.gz` that `sysupgrade -f` takes, for this user alone. Links are not followed, nor kept.
    ///
    /// @return whether there is anything to keep
    /// @throws IOException where they cannot be read or written, or are larger than [Limits#KEPT]
    boolean into(Path archive) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        for (String line : lines()) {
            if (line.startsWith("/")) {
                collect(root.resolve(line.substring(1)).normalize(), files);
            }
        }
        Files.deleteIfExists(archive);
        if (files.isEmpty()) {
            return false;
        }
        Files.createFile(archive, PosixFilePermissions.asFileAttribute(OURS));
        long left = Limits.KEPT;
        try (OutputStream out = Files.newOutputStream(archive, StandardOpenOption.WRITE);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(out), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (var file : files.entrySet()) {
                byte[] content = content(file.getValue(), left);
                left -= content.length;
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                entry.setMode(mode(file.getValue()));
                entry.setUserName("root");
                entry.setGroupName("root");
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return true;
    }

    private List<String> lines() throws IOException {
        return Files.isRegularFile(list)
                ? Files.readAllLines(list).stream().map(String::strip).toList()
                : List.of();
    }

    private void collect(Path place, TreeMap<String, Path> files) throws IOException {
        if (!place.startsWith(root) || !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.put(root.relativize(file).toString(), file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }
        });
    }

    private static byte[] content(Path file, long most) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes((int) most + 1);
            if (bytes.length > most) {
                throw new IOException("it has more than " + Limits.KEPT + " bytes");
            }
            return bytes;
        }
    }

    private static int mode(Path file) throws IOException {
        String permissions =
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        int mode = REGULAR;
        for (int i = 0; i < permissions.length(); i++) {
            mode |= permissions.charAt(i) == '-' ? 0 : 1 << (permissions.length() - 1 - i);
        }
        return mode;
    }
}
