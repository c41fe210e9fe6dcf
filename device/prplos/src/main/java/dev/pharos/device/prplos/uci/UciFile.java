// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// A file that is read whole and replaced whole, so that whoever looks sees the old one or the new one, also
/// after the power was cut.
final class UciFile {
    private UciFile() {}

    /// Reads one byte more than is allowed at most, so that the reader of the text can refuse it.
    static byte[] read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(Limits.FILE_BYTES + 1);
        }
    }

    /// Whether another is about to put a new file in place: uci gives its lock back a moment before it does.
    static boolean isBeingReplaced(Path file) throws IOException {
        Path folder = file.toRealPath().getParent();
        if (folder == null) {
            return false;
        }
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(folder, "." + file.getFileName() + ".uci-*")) {
            for (Path each : beside) {
                Instant written = Files.getLastModifiedTime(each).toInstant();
                if (written.plus(Limits.REPLACING).isAfter(Instant.now())) {
                    return true;
                }
            }
        } catch (NoSuchFileException | DirectoryIteratorException putInPlace) {
            return true;
        }
        return false;
    }

    /// Where anything goes wrong, such as a full disk, the old file is as it was.
    static void replace(Path file, byte[] content) throws IOException {
        Path real = file.toRealPath();
        Path folder = real.getParent();
        if (folder == null) {
            throw new NoSuchFileException(file.toString());
        }
        Path beside = Files.createTempFile(folder, "." + file.getFileName() + ".uci-", "");
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(real));
            Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
