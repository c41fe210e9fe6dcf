// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// By what a file is seen to have changed: written to, or replaced by another.
record FileStamp(
        Path file,
        Optional<FileTime> modified,
        long bytes,
        @Nullable Object key) {

    static List<FileStamp> of(List<Path> files) {
        return files.stream().map(FileStamp::of).toList();
    }

    private static FileStamp of(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(file, Optional.of(found.lastModifiedTime()), found.size(), found.fileKey());
        } catch (IOException gone) {
            return new FileStamp(file, Optional.empty(), 0, null);
        }
    }
}
