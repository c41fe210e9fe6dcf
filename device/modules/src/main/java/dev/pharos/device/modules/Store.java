// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The [Inventory] on the disk: each change is there whole when it returns, or not at all, whenever the power fails.
/// Thread-safe.
final class Store implements AutoCloseable {
    private final Places places;
    private final FileChannel lock;
    private Inventory now;

    private Store(Places places, FileChannel lock, Inventory now) {
        this.places = places;
        this.lock = lock;
        this.now = now;
    }

    /// Reads what is kept, and removes what an earlier process has left half done.
    ///
    /// @throws IOException where it cannot, or another process has the folder
    static Store open(Places places) throws IOException {
        Files.createDirectories(places.root());
        mustBeOurs(places);
        FileChannel lock = FileChannel.open(places.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (taken(lock)) {
                throw new IOException(places.root() + " belongs to another agent that runs");
            }
            boolean fresh = Files.notExists(places.inventory());
            Inventory kept =
                    fresh ? Inventory.fresh(Instant.now()) : InventoryFile.read(properties(places.inventory()), places);
            Store store = new Store(places, lock, kept);
            if (fresh) {
                store.write(kept);
            }
            places.tidy(kept);
            Files.createDirectories(places.root().resolve("logs"));
            return store;
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /// What is not known here is removed: it must not be somebody else's.
    private static void mustBeOurs(Places places) throws IOException {
        try (Stream<Path> all = Files.list(places.root())) {
            boolean strange = Files.notExists(places.inventory())
                    && all.anyMatch(one -> !one.equals(places.lock()) && !one.equals(fresh(places)));
            if (strange) {
                throw new IOException(places.root() + " is not empty, and holds no software modules");
            }
        }
    }

    private static Path fresh(Places places) {
        return places.inventory().resolveSibling("modules.properties.new");
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held == null;
        } catch (OverlappingFileLockException ours) {
            return true;
        }
    }

    private static Properties properties(Path file) throws IOException {
        Properties kept = new Properties();
        try (var in = Files.newInputStream(file)) {
            kept.load(in);
        } catch (IllegalArgumentException broken) {
            throw new IOException(file + " cannot be read, delete it to go on", broken);
        }
        return kept;
    }

    synchronized Inventory now() {
        return now;
    }

    /// @throws IOException where it cannot be kept; then nothing has changed
    synchronized Inventory change(UnaryOperator<Inventory> change) throws IOException {
        Inventory next = change.apply(now);
        Steadily.run(() -> write(next));
        now = next;
        return next;
    }

    /// A number that was never given.
    synchronized long number() throws IOException {
        long given = now.next();
        change(inventory -> inventory.numbered(given + 1));
        return given;
    }

    private void write(Inventory next) throws IOException {
        Path fresh = fresh(places);
        Files.deleteIfExists(fresh);
        // logins of file servers stand in it
        try (FileChannel channel = FileChannel.open(
                fresh,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            OutputStream out = Channels.newOutputStream(channel);
            InventoryFile.write(next).store(out, "software modules of this host");
            out.flush();
            channel.force(true);
        }
        Files.move(fresh, places.inventory(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(places.root(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /// Another process may have the folder.
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
