// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The folder that an archive is unpacked into: nothing gets out of it, nothing gets too large, and no file is more
/// than its owner's to change. Used once, by one thread.
final class Unpacked {
    private final Path folder;
    private final Budget budget;
    private final List<Path> links = new ArrayList<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    private Unpacked(Path folder, Budget budget) {
        this.folder = folder;
        this.budget = budget;
        folders.add(folder);
    }

    static Unpacked into(Path folder, long most) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Budget.folder(folder);
        return new Unpacked(folder, Budget.of(folder, most, Limits.ENTRIES));
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
        budget.file(path, in, executable);
    }

    /// What it leads to is looked at when all of the archive is there.
    void link(String name, String target) throws IOException, UnitFormatException {
        Path path = place(name);
        fresh(path, name);
        if (target.isEmpty() || target.startsWith("/") || target.length() > Limits.PATH || target.indexOf(0) >= 0) {
            throw EntryName.outside(name);
        }
        Files.createSymbolicLink(path, EntryName.target(target));
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
                throw EntryName.outside(relative(link));
            }
        }
        Budget.onDisk(folders);
    }

    private Path place(String name) throws UnitFormatException {
        budget.entry();
        return EntryName.under(folder, name, Limits.PATH, Limits.DEPTH);
    }

    /// Nothing is written through a link, nor over what is there.
    private void fresh(Path path, String name) throws IOException, UnitFormatException {
        if (path.equals(folder)) {
            throw EntryName.outside(name);
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
                Budget.folder(at);
                folders.add(at);
            } else if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                throw new UnitFormatException("in what is no folder: " + Archive.shown(relative(path)));
            }
        }
    }

    private String relative(Path path) {
        return folder.relativize(path).toString();
    }
}
