// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.backup;

import dev.pharos.controller.store.StoreException;
import dev.pharos.server.backup.Manifest.File;
import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.DatabaseCopy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/// Fills an empty database, and a folder of firmware images, from a backup: see docs/backup.md.
public final class Restore implements AutoCloseable {
    private final BackupFile backup;

    private Restore(BackupFile backup) {
        this.backup = backup;
    }

    /// Opens a backup and reads all of it, so that what is damaged is known before anything is done.
    ///
    /// @param progress told how many bytes were read, again and again
    /// @throws IOException saying why it cannot be restored
    public static Restore of(Path path, LongConsumer progress) throws IOException {
        BackupFile backup = BackupFile.open(path);
        try {
            backup.check(progress);
            return new Restore(backup);
        } catch (IOException | RuntimeException unusable) {
            backup.close();
            throw unusable;
        }
    }

    /// When it was written.
    public Instant created() {
        return backup.created();
    }

    /// What came back.
    ///
    /// @param pausedJobs jobs that had not ended
    public record Restored(long rows, int images, int pausedJobs) {}

    /// @param source an empty database
    /// @param firmware the folder of the images; those of the backup are written into it
    /// @throws IOException saying why not; the database has tables then, and no rows or all of them
    public Restored into(DataSource source, Path firmware, Clock clock) throws IOException {
        int paused;
        try (Database database = Database.openAt(source, backup.schema())) {
            paused = new DatabaseCopy(database)
                    .fill(backup.layout(), backup::table, "paused when this backup was restored");
        } catch (StoreException refused) {
            throw new IOException(
                    "its database has schema " + backup.schema() + ", written by Pharos " + backup.version()
                            + ", which this program cannot make: " + refused.getMessage(),
                    refused);
        }
        Files.createDirectories(firmware);
        for (File file : backup.files()) {
            write(file, firmware);
        }
        try (Database database = Database.open(source)) {
            new AuditStore(database)
                    .add(new AuditStore.Entry(
                            clock.instant(), "the server", "restore", "", "the backup of " + backup.created()));
        }
        return new Restored(backup.rows(), backup.files().size(), paused);
    }

    private void write(File file, Path firmware) throws IOException {
        Path part = firmware.resolve(file.name() + ".part");
        try (InputStream in = backup.file(file);
                FileChannel out = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(out));
            out.force(true);
        }
        Files.move(
                part,
                firmware.resolve(file.name()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        backup.close();
    }
}
