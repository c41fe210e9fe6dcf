// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder that takes long to make, such as one with an empty database: made once for all tests of a JVM, and copied
/// for each that wants one of its own, with owners and modes as they were.
public final class FolderTemplate {
    private final Maker maker;
    private @Nullable Path made;

    public FolderTemplate(Maker maker) {
        this.maker = maker;
    }

    /// Fills an empty folder.
    @FunctionalInterface
    public interface Maker {
        void make(Path folder) throws IOException;
    }

    /// Copies the folder's content into `target`, which is made where it is not there.
    public synchronized void into(Path target) throws IOException {
        Path source = made;
        if (source == null) {
            source = Files.createTempDirectory("pharos-template");
            // others may pass through it, as the owner of what lies in it has to
            Path content = Files.createDirectory(source.resolve("content"));
            removeAtTheEnd(source);
            maker.make(content);
            made = source;
        }
        Files.createDirectories(target);
        run(List.of("cp", "-a", source.resolve("content") + "/.", target.toString()));
    }

    private static void removeAtTheEnd(Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                run(List.of("rm", "-rf", folder.toString()));
            } catch (IOException left) {
                System.err.println("left behind: " + folder + " (" + left.getMessage() + ")");
            }
        }));
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new IOException("interrupted: " + String.join(" ", command), interrupted);
        }
    }
}
