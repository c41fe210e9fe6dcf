// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What tells without reading them that a package and what is staged of it are as they were.
///
/// @param staged of the staged changes; empty where there are none
public record UciStamp(Mark file, Optional<Mark> staged) {
    /// What is written to a file within one tick of its file system's clock has one time: some have one of two seconds.
    private static final Duration TICK = Duration.ofSeconds(3);

    /// @param key the file itself, which a commit replaces by another
    public record Mark(Optional<Object> key, FileTime written, long size) {
        static Mark of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Mark(
                    Optional.ofNullable(attributes.fileKey()), attributes.lastModifiedTime(), attributes.size());
        }

        boolean isSettled(Instant now) {
            return written.toInstant().plus(TICK).isBefore(now);
        }
    }

    static UciStamp of(Path file, Path pending) throws IOException {
        Mark mark = Mark.of(file);
        if (!Files.exists(pending)) { // mostly, and an exception each time would cost more than all else
            return new UciStamp(mark, Optional.empty());
        }
        try {
            return new UciStamp(mark, Optional.of(Mark.of(pending)));
        } catch (NoSuchFileException gone) {
            return new UciStamp(mark, Optional.empty());
        }
    }

    /// Whether what was written after this was taken has another stamp for certain.
    public boolean isSettled(Instant now) {
        return file.isSettled(now) && staged.stream().allMatch(mark -> mark.isSettled(now));
    }
}
