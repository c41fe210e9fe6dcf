// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/// The root folder of an image, that its layers are laid into one over the other, as the OCI image
/// specification has it. Nothing gets out of it, nothing is written through a link, and no file has a special
/// right. Used by one thread.
final class RootFolder {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final Path root;
    private final Budget budget;
    private final Set<Path> folders = new LinkedHashSet<>();
    /// What the layer that is being laid has named or made.
    private final Set<Path> ours = new HashSet<>();

    private RootFolder(Path root, Budget budget) {
        this.root = root;
        this.budget = budget;
        folders.add(root);
    }

    /// @param most bytes that may come into it
    static RootFolder at(Path root, long most) throws IOException {
        Budget.folder(root);
        return new RootFolder(root, Budget.of(root, Math.min(most, Limits.UNPACKED), Limits.IMAGE_ENTRIES));
    }

    /// @throws UnitFormatException where it holds what must not be on the disk
    void lay(Tar layer) throws IOException, UnitFormatException, InterruptedException {
        ours.clear();
        for (TarArchiveEntry entry = layer.next(); entry != null; entry = layer.next()) {
            budget.entry();
            String name = entry.getName();
            Path path = EntryName.under(root, name, Limits.IMAGE_PATH, Limits.IMAGE_DEPTH);
            if (path.equals(root)) {
                if (!entry.isDirectory()) {
                    throw EntryName.outside(name);
                }
            } else if (path.getFileName().toString().startsWith(WHITEOUT)) {
                whiteout(path);
            } else {
                place(entry, path, layer);
            }
        }
        layer.mustHaveEnded();
    }

    private void place(TarArchiveEntry entry, Path path, Tar content)
            throws IOException, UnitFormatException, InterruptedException {
        String name = entry.getName();
        if (isDevice(entry)) {
            // where devices belong the runtime puts its own
            if (!path.startsWith(root.resolve("dev"))) {
                throw new UnitFormatException("a device or pipe: " + Archive.shown(name));
            }
            return;
        }
        parents(path, name);
        if (entry.isDirectory()) {
            folder(path, name);
            return;
        }
        free(path, name);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, linkTarget(path, entry));
        } else if (entry.isLink()) {
            hardLink(path, entry);
        } else if (Tar.isPlain(entry)) {
            budget.file(path, content, (entry.getMode() & Tar.EXECUTABLE) != 0);
        } else {
            throw new UnitFormatException("neither file, folder nor link: " + Archive.shown(name));
        }
        ours.add(path);
    }

    private static boolean isDevice(TarArchiveEntry entry) {
        return entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO();
    }

    private void folder(Path path, String name) throws IOException, UnitFormatException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            free(path, name);
            make(path);
        }
        ours.add(path);
    }

    private void make(Path folder) throws IOException {
        Budget.folder(folder);
        folders.add(folder);
    }

    /// Makes the folders above it; none of them is a link, since what is written must be where it says.
    private void parents(Path path, String name) throws IOException, UnitFormatException {
        Path at = root;
        for (Path part : root.relativize(path.getParent())) {
            if (part.toString().isEmpty()) {
                continue;
            }
            at = at.resolve(part);
            if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                make(at);
            } else if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                throw new UnitFormatException("in what is no folder: " + Archive.shown(name));
            }
            ours.add(at);
        }
    }

    /// Makes room for what takes the place of what a lower layer has there.
    private void free(Path path, String name) throws IOException, UnitFormatException {
        if (ours.contains(path)) {
            throw new UnitFormatException("twice in one layer: " + Archive.shown(name));
        }
        hide(path);
    }

    /// The first above it, within the root, that is no folder; a link to one is none.
    private Optional<Path> notFolder(Path path) {
        Path at = root;
        for (Path part : root.relativize(path)) {
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(at);
            }
            at = at.resolve(part);
        }
        return Optional.empty();
    }

    private void whiteout(Path path) throws IOException, UnitFormatException {
        String name = path.getFileName().toString();
        Optional<Path> strange = notFolder(path);
        if (strange.isPresent()) {
            if (Files.exists(strange.get(), LinkOption.NOFOLLOW_LINKS)) {
                throw new UnitFormatException("in what is no folder: "
                        + Archive.shown(root.relativize(path).toString()));
            }
            return;
        }
        if (name.equals(OPAQUE)) {
            hideInside(path.resolveSibling(".").normalize());
            return;
        }
        String hidden = name.substring(WHITEOUT.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..") || hidden.startsWith(WHITEOUT)) {
            throw new UnitFormatException(
                    "hides nothing: " + Archive.shown(root.relativize(path).toString()));
        }
        hide(path.resolveSibling(hidden));
    }

    /// Removes what lower layers have there; what this layer has stays.
    private void hide(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (ours.contains(path)) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                hideInside(path);
            }
            return;
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            hideInside(path);
            folders.remove(path);
        }
        Files.delete(path);
    }

    private void hideInside(Path folder) throws IOException {
        for (Path child : inside(folder)) {
            hide(child);
        }
    }

    private static List<Path> inside(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(children::add);
        }
        return children;
    }

    /// A link may lead anywhere within the root, which is where it is looked up; nothing here ever follows one.
    private Path linkTarget(Path path, TarArchiveEntry entry) throws UnitFormatException {
        String target = entry.getLinkName();
        if (target.isEmpty() || target.length() > Limits.IMAGE_PATH || target.indexOf(0) >= 0) {
            throw EntryName.outside(entry.getName());
        }
        int depth = target.startsWith("/") ? 0 : root.relativize(path).getNameCount() - 1;
        for (String part : target.split("/")) {
            if (part.equals("..")) {
                depth--;
            } else if (!part.isEmpty() && !part.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                throw EntryName.outside(entry.getName());
            }
        }
        return EntryName.target(target);
    }

    private void hardLink(Path path, TarArchiveEntry entry) throws IOException, UnitFormatException {
        String target = entry.getLinkName();
        Path file = EntryName.under(
                root, target.startsWith("/") ? target.substring(1) : target, Limits.IMAGE_PATH, Limits.IMAGE_DEPTH);
        boolean there = !file.equals(root)
                && notFolder(file).isEmpty()
                && (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(file));
        if (!there) {
            throw new UnitFormatException("a link that leads nowhere: " + Archive.shown(entry.getName()));
        }
        Files.createLink(path, file);
    }

    /// Makes a place that something else is mounted over; what is no folder there makes room for it.
    ///
    /// @param place within the root, absolute
    /// @throws UnitFormatException where it lies beneath a link
    void mountFolder(String place) throws IOException, UnitFormatException {
        Path path = mountPlace(place);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
            make(path);
        }
    }

    /// The same, for a single file.
    void mountFile(String place) throws IOException, UnitFormatException {
        Path path = mountPlace(place);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new UnitFormatException(place + " is a folder");
            }
            Files.deleteIfExists(path);
            Files.createFile(path);
        }
    }

    private Path mountPlace(String place) throws IOException, UnitFormatException {
        Path path = EntryName.under(root, place.substring(1), Limits.IMAGE_PATH, Limits.IMAGE_DEPTH);
        if (path.equals(root)) {
            throw EntryName.outside(place);
        }
        parents(path, place);
        return path;
    }

    /// Returns when all of it is on the disk.
    void finish() throws IOException {
        Budget.onDisk(folders);
    }
}
