// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A few words in a small file, which is always the old one or the new one, whole. Without a folder they are
/// remembered only as long as the process lives.
public final class KeptProperties {
    private final @Nullable Path directory;
    private final String file;
    private Properties inMemory = new Properties();

    public KeptProperties(Optional<Path> directory, String file) {
        this.directory = directory.orElse(null);
        this.file = file;
    }

    /// Whether they outlive the process.
    public boolean isDurable() {
        return directory != null;
    }

    /// @throws IOException where the file cannot be read; its text says what to do
    public synchronized Properties load() throws IOException {
        if (directory == null || !Files.exists(directory.resolve(file))) {
            return inMemory;
        }
        Properties loaded = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(file))) {
            loaded.load(reader);
        } catch (IllegalArgumentException broken) {
            throw new IOException("cannot be read, delete it to go on: " + directory.resolve(file), broken);
        }
        return loaded;
    }

    /// Returns after the words are safe.
    public synchronized void store(Properties words, String comment) throws IOException {
        inMemory = words;
        if (directory == null) {
            return;
        }
        Files.createDirectories(directory);
        Path written = directory.resolve(file + ".new");
        try (FileChannel channel = FileChannel.open(
                        written,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                OutputStreamWriter writer =
                        new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8)) {
            words.store(writer, comment);
            writer.flush();
            channel.force(true);
        }
        Files.move(
                written, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
