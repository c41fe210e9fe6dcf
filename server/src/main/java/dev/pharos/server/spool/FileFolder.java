// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.spool;

import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that come from elsewhere, in a folder of one server. Each has a random name; what is not whole yet has another
/// suffix, and is gone after the next start. Thread-safe.
public final class FileFolder {
    private static final Logger LOG = LoggerFactory.getLogger(FileFolder.class);
    private static final String PART = ".part";

    private final Path folder;
    private final String whole;
    private final long most;

    private FileFolder(Path folder, String whole, long most) {
        this.folder = folder;
        this.whole = whole;
        this.most = most;
    }

    /// Makes the folder where there is none, and removes what was left of uploads that broke off.
    ///
    /// @param whole the suffix of files that are whole: `.image`
    /// @param most bytes that one of them may have
    public static FileFolder in(Path folder, String whole, long most) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + PART)) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
        return new FileFolder(folder, whole, most);
    }

    /// A file that is whole and on the disk.
    public record Received(UUID file, long size, Bytes sha256) {}

    /// The disk does not take it, which is not the fault of who sends.
    public static final class NoRoomException extends IOException {
        private static final long serialVersionUID = 1L;

        NoRoomException(String why, IOException cause) {
            super(why, cause);
        }

        NoRoomException(String why) {
            super(why);
        }
    }

    /// It has more bytes than it may have.
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long most) {
            super("it has more than " + most + " bytes");
        }
    }

    /// Takes a file as it comes. Where this fails, nothing is left of it.
    ///
    /// @param announced how many bytes it is to have; -1 where that was not said
    /// @throws NoRoomException where the disk does not take it
    /// @throws TooLargeException where it has more than [Limits#IMAGE_BYTES]
    /// @throws IOException where it breaks off, or has not as many bytes as announced
    public Received receive(InputStream in, long announced) throws IOException {
        return receive(in, announced, most);
    }

    /// @param bytes that this one may have, if fewer than all of them may
    public Received receive(InputStream in, long announced, long bytes) throws IOException {
        long allowed = Math.min(bytes, most);
        if (announced > allowed) {
            throw new TooLargeException(allowed);
        }
        long room = Files.getFileStore(folder).getUsableSpace() - Limits.ROOM_LEFT;
        if (Math.max(announced, 1) > room) {
            throw new NoRoomException("the disk has no room for it");
        }
        UUID file = UUID.randomUUID();
        Path part = folder.resolve(file + PART);
        boolean kept = false;
        try {
            Received received = write(file, part, in, allowed);
            if (announced >= 0 && received.size() != announced) {
                throw new IOException("it broke off after " + received.size() + " of " + announced + " bytes");
            }
            Files.move(part, path(file), StandardCopyOption.ATOMIC_MOVE);
            kept = true;
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
            return received;
        } finally {
            if (!kept) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static Received write(UUID file, Path part, InputStream in, long allowed) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[Limits.BUFFER];
        long size = 0;
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > allowed) {
                    throw new TooLargeException(allowed);
                }
                digest.update(buffer, 0, read);
                write(out, ByteBuffer.wrap(buffer, 0, read));
            }
            out.force(true);
        }
        return new Received(file, size, Bytes.adopt(digest.digest()));
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws NoRoomException {
        try {
            while (bytes.hasRemaining()) {
                int _ = out.write(bytes);
            }
        } catch (IOException full) {
            throw new NoRoomException("the disk does not take it: " + full.getMessage(), full);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /// Opens a file for reading.
    public FileChannel open(UUID file) throws IOException {
        return FileChannel.open(path(file), StandardOpenOption.READ);
    }

    /// Whoever reads it goes on.
    public void delete(UUID file) throws IOException {
        Files.deleteIfExists(path(file));
    }

    /// Removes the files that nobody knows, since the server died between the two.
    public void keepOnly(Set<UUID> known) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + whole)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (known.stream().noneMatch(one -> name.equals(one + whole))) {
                    LOG.info("{} is nobody's file, and is removed", name);
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path path(UUID file) {
        return folder.resolve(file + whole);
    }
}
