// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The folder of everything that the server keeps, held by one server at a time.
final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /// @throws StartException where it cannot be had, or another server has it
    static DataFolder open(Path path) throws StartException {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x--x"));
            }
            Files.createDirectories(path.resolve("logs"));
        } catch (IOException denied) {
            throw StartException.failed("the data folder " + path + " cannot be made: " + denied);
        }
        Path file = path.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw StartException.failed("another Pharos server (process "
                        + Files.readString(file).strip() + ") uses the data folder " + path
                        + ": stop it, or choose another folder with --data");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataFolder(path, channel, lock);
        } catch (IOException denied) {
            throw StartException.failed("the data folder " + path + " cannot be used: " + denied);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    /// What tells a server on this folder from others on the same database: twelve random hexadecimal digits,
    /// made at the first start.
    String serverName() throws IOException {
        Path file = path.resolve("server-name");
        if (!Files.exists(file)) {
            byte[] name = new byte[6];
            new SecureRandom().nextBytes(name);
            writePrivate(file, HexFormat.of().formatHex(name));
        }
        String name = Files.readString(file).strip();
        if (!name.matches("[0-9a-f]{12}")) {
            throw new IOException(file + " does not hold twelve hexadecimal digits: remove it, and another is made");
        }
        return name;
    }

    Path connectionFile() {
        return path.resolve("connection.json");
    }

    /// Replaces the file in one step; only its owner may read it.
    void writePrivate(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException oddFileSystem) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
        lockFile.close();
    }
}
