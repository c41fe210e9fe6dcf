// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.unit.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where everything is in the folder of software modules.
///
/// @param root the folder itself
record Places(Path root) {
    /// What is kept, see [InventoryFile].
    Path inventory() {
        return root.resolve("modules.properties");
    }

    Path lock() {
        return root.resolve("lock");
    }

    /// An archive on its way.
    Path incoming(long operation) {
        return root.resolve("incoming").resolve(operation + ".part");
    }

    /// All of a deployment unit but its data.
    Path unit(long number) {
        return root.resolve("units").resolve("du-" + number);
    }

    /// One version of it, unpacked.
    Path release(long number, long release) {
        return unit(number).resolve(Long.toString(release));
    }

    /// Files of a unit's own making, the same for all its versions.
    Path data(String uuid) {
        return root.resolve("data").resolve(uuid);
    }

    /// What the runtime of containers knows.
    Path containers() {
        return root.resolve("containers");
    }

    /// Folders of images that keep what is written into them, for all versions of a unit. They are not
    /// beneath its data,
    /// where the unit could put links in their place.
    Path volumes(String uuid) {
        return root.resolve("volumes").resolve(uuid);
    }

    Path log(long executionUnit) {
        return root.resolve("logs").resolve("eu-" + executionUnit + ".log");
    }

    /// Where what did not fit into [#log] is.
    Path olderLog(long executionUnit) {
        return root.resolve("logs").resolve("eu-" + executionUnit + ".log.1");
    }

    /// Removes what belongs to nothing any more, as a process leaves it that dies in the middle of an operation.
    void tidy(Inventory now) throws IOException {
        FileTree.remove(root.resolve("incoming"));
        for (Path unit : inside(root.resolve("units"))) {
            List<DeploymentUnit> owner = now.units().stream()
                    .filter(one -> unit(one.number()).equals(unit))
                    .toList();
            if (owner.isEmpty()) {
                FileTree.remove(unit);
                continue;
            }
            Path current = release(owner.getFirst().number(), owner.getFirst().release());
            for (Path release : inside(unit)) {
                if (!release.equals(current)) {
                    FileTree.remove(release);
                }
            }
        }
        for (Path data : both(inside(root.resolve("data")), inside(root.resolve("volumes")))) {
            String uuid = data.getFileName().toString();
            if (!now.retained().contains(uuid)
                    && now.units().stream().noneMatch(unit -> unit.uuid().equals(uuid))) {
                FileTree.remove(data);
            }
        }
        for (Path log : inside(root.resolve("logs"))) {
            String[] name = log.getFileName().toString().split("[-.]");
            if (name.length < 2
                    || !name[1].matches("[0-9]{1,18}")
                    || now.owner(Long.parseLong(name[1])).isEmpty()) {
                FileTree.remove(log);
            }
        }
    }

    private static List<Path> both(List<Path> some, List<Path> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /// All that a unit has stored.
    List<Path> stored(String uuid) {
        return List.of(data(uuid), volumes(uuid));
    }

    private static List<Path> inside(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    /// KiB of all files beneath these folders, as far as they are counted.
    static long kibibytes(List<Path> folders) {
        long bytes = 0;
        int left = Limits.FILES;
        for (Path folder : folders) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) all.limit(left)::iterator) {
                    left--;
                    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        bytes += Files.size(file);
                    }
                }
            } catch (IOException | UncheckedIOException changing) {
                // what changes meanwhile is counted as far as it goes
            }
        }
        return (bytes + 1023) >> 10;
    }
}
