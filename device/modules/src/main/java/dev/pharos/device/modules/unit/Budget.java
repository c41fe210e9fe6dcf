// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// What may still come out of an archive: bytes and files. Used by one thread.
final class Budget {
    private final long most;
    private final int files;
    private long bytes;
    private int entries;

    private Budget(long most, int files) {
        this.most = most;
        this.files = files;
    }

    /// @param folder that it is unpacked into; what its disk needs for other things is left alone
    /// @param most bytes
    /// @param files with folders and links
    static Budget of(Path folder, long most, int files) throws IOException {
        long room = Files.getFileStore(folder).getUsableSpace() - Limits.ROOM_LEFT;
        return new Budget(Math.min(most, Math.max(0, room)), files);
    }

    void entry() throws UnitFormatException {
        if (++entries > files) {
            throw new UnitFormatException("more than " + files + " files are in it");
        }
    }

    /// Makes a file with all that comes; returns when that is on the disk.
    ///
    /// @param file that is not there yet
    void file(Path file, InputStream in, boolean executable)
            throws IOException, UnitFormatException, InterruptedException {
        byte[] buffer = new byte[Limits.BUFFER];
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                bytes += read;
                if (bytes > most) {
                    throw UnitFormatException.tooLarge("more than " + most + " bytes come out of it");
                }
                ByteBuffer piece = ByteBuffer.wrap(buffer, 0, read);
                while (piece.hasRemaining()) {
                    int _ = out.write(piece);
                }
            }
            out.force(true);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static int read(InputStream in, byte[] buffer) throws UnitFormatException {
        try {
            return in.read(buffer);
        } catch (IOException broken) {
            throw Archive.broken(broken);
        }
    }

    /// Makes a folder that only its owner can change.
    static void folder(Path folder) throws IOException {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Returns when the disk has what these folders name.
    static void onDisk(Iterable<Path> folders) throws IOException {
        for (Path made : folders) {
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
