// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder for as long as a benchmark runs.
public record Scratch(Path path) implements AutoCloseable {
    public static Scratch open() throws IOException {
        return new Scratch(Files.createTempDirectory("pharos-bench"));
    }

    /// Deletes it, with all that is in it.
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
