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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The folder that an archive is unpacked into: nothing gets out of it, nothing gets too large, and no file is more
/// than its owner's to change. Used once, by one thread.
final class Unpacked {
    private final Path folder;
    private final long most;
    private final List<Path> links = new ArrayList<>();
    private final Set<Path> folders = new LinkedHashSet<>();
    private long bytes;
    private int entries;

    private Unpacked(Path folder, long most) {
        this.folder = folder;
        this.most = most;
        folders.add(folder);
    }

    static Unpacked into(Path folder, long most) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        long room = Files.getFileStore(folder).getUsableSpace() - Limits.ROOM_LEFT;
        return new Unpacked(folder, Math.min(most, Math.max(0, room)));
    }

    void folder(String name) throws IOException, UnitFormatException {
        Path path = place(name);
        if (!path.equals(folder)) {
            parents(path.resolve("x"));
        }
    }

    void file(String name, InputStream in, boolean executable)
            throws IOException, UnitFormatException, InterruptedException {
        Path path = place(name);
        fresh(path, name);
        byte[] buffer = new byte[Limits.BUFFER];
        try (FileChannel out = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
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
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /// What it leads to is looked at when all of the archive is there.
    void link(String name, String target) throws IOException, UnitFormatException {
        Path path = place(name);
        fresh(path, name);
        if (target.isEmpty() || target.startsWith("/") || target.length() > Limits.PATH || target.indexOf(0) >= 0) {
            throw outside(name);
        }
        Files.createSymbolicLink(path, Path.of(target));
        links.add(path);
    }

    /// Returns when all of it is on the disk.
    void finish() throws IOException, UnitFormatException {
        Path root = folder.toRealPath();
        for (Path link : links) {
            Path leads;
            try {
                leads = link.toRealPath();
            } catch (IOException nowhere) {
                throw new UnitFormatException("a link that leads nowhere: " + Archive.shown(relative(link)));
            }
            if (!leads.startsWith(root)) {
                throw outside(relative(link));
            }
        }
        for (Path made : folders) {
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static int read(InputStream in, byte[] buffer) throws UnitFormatException {
        try {
            return in.read(buffer);
        } catch (IOException broken) {
            throw Archive.broken(broken);
        }
    }

    private Path place(String name) throws UnitFormatException {
        if (++entries > Limits.ENTRIES) {
            throw new UnitFormatException("more than " + Limits.ENTRIES + " files are in it");
        }
        String plain = name.startsWith("./") ? name.substring(2) : name;
        if (plain.length() > Limits.PATH || plain.indexOf(0) >= 0 || plain.indexOf('\\') >= 0) {
            throw outside(name);
        }
        if (plain.startsWith("/")) {
            throw outside(name);
        }
        Path path = folder;
        int depth = 0;
        for (String part : plain.split("/")) {
            if (part.equals("..")) {
                throw outside(name);
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path = path.resolve(part);
                depth++;
            }
        }
        if (depth > Limits.DEPTH) {
            throw new UnitFormatException("more than " + Limits.DEPTH + " folders deep: " + Archive.shown(name));
        }
        return path;
    }

    /// Nothing is written through a link, nor over what is there.
    private void fresh(Path path, String name) throws IOException, UnitFormatException {
        if (path.equals(folder)) {
            throw outside(name);
        }
        parents(path);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnitFormatException("twice in it: " + Archive.shown(name));
        }
    }

    private void parents(Path path) throws IOException, UnitFormatException {
        Path at = folder;
        for (Path part : folder.relativize(path.getParent())) {
            if (part.toString().isEmpty()) {
                continue;
            }
            at = at.resolve(part);
            if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(at);
                Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
                folders.add(at);
            } else if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                throw new UnitFormatException("in what is no folder: " + Archive.shown(relative(path)));
            }
        }
    }

    private String relative(Path path) {
        return folder.relativize(path).toString();
    }

    private static UnitFormatException outside(String name) {
        return new UnitFormatException("it would be outside of its folder: " + Archive.shown(name));
    }
}
