// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder that takes long to make, such as one with an empty database: made once for all tests of a JVM, or of a
/// module, and copied for each that wants one of its own, with owners and modes as they were.
public final class FolderTemplate {
    private static final Path OF_MODULE = Path.of("target", "templates");

    private final Maker maker;
    private final @Nullable Path kept;
    private @Nullable Path made;

    public FolderTemplate(Maker maker) {
        this(maker, null);
    }

    private FolderTemplate(Maker maker, @Nullable Path kept) {
        this.maker = maker;
        this.kept = kept;
    }

    /// One that is kept beside the classes of the module whose tests run, for all their JVMs. Nobody writes into its
    /// files: who wants them gets links to them, where that can be.
    ///
    /// @param name says all that it depends on
    public static FolderTemplate ofModule(String name, Maker maker) {
        return new FolderTemplate(maker, OF_MODULE.resolve(name).toAbsolutePath());
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
            source = kept == null ? ofThisJvm() : ofAllJvms(kept);
            made = source;
        }
        Files.createDirectories(target);
        String content = source + "/.";
        if (kept == null || !done(List.of("cp", "-al", content, target.toString()))) {
            run(List.of("cp", "-a", content, target.toString()));
        }
    }

    /// Removes a folder with all that is in it.
    public static void remove(Path folder) throws IOException {
        run(List.of("rm", "-rf", folder.toString()));
    }

    private Path ofThisJvm() throws IOException {
        Path source = Files.createTempDirectory("pharos-template");
        // others may pass through it, as the owner of what lies in it has to
        Path content = Files.createDirectory(source.resolve("content"));
        removeAtTheEnd(source);
        maker.make(content);
        return content;
    }

    private Path ofAllJvms(Path folder) throws IOException {
        Files.createDirectories(OF_MODULE);
        Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !Files.exists(folder)) {
                Path unfinished = folder.resolveSibling(folder.getFileName() + ".new");
                remove(unfinished);
                maker.make(Files.createDirectory(unfinished));
                Files.move(unfinished, folder);
            }
        }
        return folder;
    }

    private static void removeAtTheEnd(Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                remove(folder);
            } catch (IOException left) {
                System.err.println("left behind: " + folder + " (" + left.getMessage() + ")");
            }
        }));
    }

    private static void run(List<String> command) throws IOException {
        if (!done(command)) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private static boolean done(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new IOException("interrupted: " + String.join(" ", command), interrupted);
        }
    }
}
