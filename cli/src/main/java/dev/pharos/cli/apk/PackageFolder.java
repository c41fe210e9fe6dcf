// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.apk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder of a package, with the files that are in it and not in one beneath.
///
/// @param name from the root on, without a slash before it; empty for the root
/// @param mode its twelve bits
record PackageFolder(String name, int mode, List<PackageFile> files) {
    /// apk looks names up by their bytes.
    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /// All that are in a folder, itself first, in the order in which apk wants them.
    static List<PackageFolder> all(Path root) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.toList();
        }
        List<PackageFolder> folders = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                folders.add(of(root, path));
            }
        }
        folders.sort(Comparator.comparing(PackageFolder::name, BY_BYTES));
        return List.copyOf(folders);
    }

    private static PackageFolder of(Path root, Path folder) throws IOException {
        List<PackageFile> files = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path path : list.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                files.add(PackageFile.of(path));
            }
        }
        files.sort(Comparator.comparing(PackageFile::name, BY_BYTES));
        return new PackageFolder(root.relativize(folder).toString(), PackageFile.mode(folder), List.copyOf(files));
    }
}
