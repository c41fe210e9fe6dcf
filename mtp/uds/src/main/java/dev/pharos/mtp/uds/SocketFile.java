// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The path at which a server is found.
///
/// The socket is made in a folder that only its owner can enter, gets its permissions there, and is then
/// moved to its path in one step: at no time can somebody connect whom the permissions keep out, and a
/// client that dials meanwhile finds the old socket or the new one.
final class SocketFile {
    private static final int TYPE_MASK = 0170000;
    private static final int SOCKET_TYPE = 0140000;

    private final Path path;
    private final Path folder;
    private @Nullable Object key;

    private SocketFile(Path path, Path folder) {
        this.path = path;
        this.folder = folder;
    }

    /// Where to bind, to be followed by [#publish] or [#abandon].
    Path birthplace() {
        return folder.resolve("s");
    }

    /// Makes room for a socket at this path.
    ///
    /// @throws IOException naming the path: too long, something else than a socket is there, or somebody
    ///     listens there
    static SocketFile prepare(Path wanted) throws IOException {
        Path path = wanted.toAbsolutePath().normalize();
        Path parent = path.getParent();
        if (parent == null || path.getFileName() == null) {
            throw new IOException("cannot listen on " + path + ": this is a folder");
        }
        checkFree(path);
        if (!Files.isDirectory(parent)) {
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path folder = Files.createTempDirectory(parent, ".");
        SocketFile file = new SocketFile(path, folder);
        int longest = Math.max(bytes(path), bytes(file.birthplace()));
        if (longest > Limits.PATH_BYTES) {
            file.abandon();
            throw new IOException("cannot listen on " + path + ": a socket's path, or that of a temporary one beside"
                    + " it, has at most " + Limits.PATH_BYTES + " bytes, this has " + longest);
        }
        return file;
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static void checkFree(Path path) throws IOException {
        int mode;
        try {
            mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException free) {
            return;
        }
        if ((mode & TYPE_MASK) != SOCKET_TYPE) {
            throw new IOException("cannot listen on " + path + ": a file that is no socket is there");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException stale) {
            // Whoever made it is gone; it is replaced.
            return;
        }
        throw new IOException("cannot listen on " + path + ": another program listens there");
    }

    /// Moves the bound socket to its path, replacing what a dead program left there.
    void publish(Set<PosixFilePermission> permissions) throws IOException {
        Path born = birthplace();
        Files.setPosixFilePermissions(born, permissions);
        key = Files.readAttributes(born, BasicFileAttributes.class).fileKey();
        Files.move(born, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(folder);
    }

    /// Nothing was bound, or it failed.
    void abandon() throws IOException {
        Files.deleteIfExists(birthplace());
        Files.deleteIfExists(folder);
    }

    /// Takes the path away, unless another server has taken it meanwhile.
    void remove() throws IOException {
        try {
            Object there = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
            if (there != null && there.equals(key)) {
                Files.delete(path);
            }
        } catch (NoSuchFileException gone) {
            // Somebody else has taken it away.
        }
    }
}
