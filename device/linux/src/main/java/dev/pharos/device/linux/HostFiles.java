// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The files in which a Linux host tells about itself.
///
/// @param root `/` for the running host; another folder for an image of one
record HostFiles(Path root) {

    static HostFiles ofThisHost() {
        return new HostFiles(Path.of("/"));
    }

    Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /// The whole text; empty where the file is not there, cannot be read, or is too long.
    Optional<String> text(String absolute) {
        return bytes(absolute).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    Optional<byte[]> bytes(String absolute) {
        // files of /proc and /sys have no length before they are read
        try (InputStream stream = Files.newInputStream(path(absolute))) {
            byte[] bytes = stream.readNBytes(Limits.FILE_BYTES + 1);
            return bytes.length > Limits.FILE_BYTES ? Optional.empty() : Optional.of(bytes);
        } catch (IOException | SecurityException absent) {
            return Optional.empty();
        }
    }

    /// The first bytes of a file of any length; empty where it is not there, cannot be read, or has fewer.
    Optional<byte[]> head(String absolute, int length) {
        try (InputStream stream = Files.newInputStream(path(absolute))) {
            byte[] bytes = stream.readNBytes(length);
            return bytes.length < length ? Optional.empty() : Optional.of(bytes);
        } catch (IOException | SecurityException absent) {
            return Optional.empty();
        }
    }

    /// The text without white space around; empty also where nothing is left.
    Optional<String> word(String absolute) {
        return text(absolute).map(text -> text.replace("\0", "").strip()).filter(text -> !text.isEmpty());
    }

    List<String> lines(String absolute) {
        return text(absolute).map(text -> text.lines().toList()).orElse(List.of());
    }

    OptionalLong number(String absolute) {
        return word(absolute).map(HostFiles::parse).orElse(OptionalLong.empty());
    }

    /// For how many seconds the host has run.
    long upTime() {
        return word("/proc/uptime")
                .map(text -> parse(text.split("[. ]", 2)[0]).orElse(0))
                .orElse(0L);
    }

    static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException other) {
            return OptionalLong.empty();
        }
    }

    /// The names of a folder that match this glob, sorted; none where there is no such folder.
    ///
    /// @param most how many at most
    List<String> names(String absolute, String glob, int most) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(absolute), glob)) {
            for (Path entry : entries) {
                if (names.size() == most) {
                    break;
                }
                names.add(entry.getFileName().toString());
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException absent) {
            return List.of();
        }
        names.sort(null);
        return names;
    }
}
