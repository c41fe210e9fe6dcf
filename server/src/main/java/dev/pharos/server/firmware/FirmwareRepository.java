// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.server.spool.FileFolder;
import dev.pharos.server.store.FirmwareStore;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The firmware images of a server, and the files of its software modules: what is known of each is in the database,
/// its
/// bytes are a file. Thread-safe.
public final class FirmwareRepository {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareRepository.class);

    private final FirmwareStore store;
    private final FileFolder files;

    private FirmwareRepository(FirmwareStore store, FileFolder files) {
        this.store = store;
        this.files = files;
    }

    /// Brings the files in order, where the server died while it received or deleted some.
    public static FirmwareRepository open(FirmwareStore store, FileFolder files) throws IOException {
        files.keepOnly(store.files());
        return new FirmwareRepository(store, files);
    }

    public FileFolder files() {
        return files;
    }

    /// The newest first.
    public List<StoredImage> all() {
        return store.all();
    }

    public Optional<StoredImage> find(long id) {
        return store.find(id);
    }

    /// An image or a software module, as devices fetch it.
    public Optional<StoredImage> stored(long id) {
        return store.stored(id);
    }

    public Optional<StoredImage> find(String name, String version) {
        return store.find(name, version);
    }

    /// Keeps an image whose file was received. Where that cannot be, its file is gone after this.
    ///
    /// @return it with its number; empty where there is one of this name and version already, or as many images as
    ///     may be
    public Optional<StoredImage> add(StoredImage image) {
        return keep(image.file(), () -> store.add(image));
    }

    /// Keeps what a file was received for. Where that cannot be, the file is gone after this.
    public <T> Optional<T> keep(UUID file, Supplier<Optional<T>> keeping) {
        boolean kept = false;
        try {
            Optional<T> added = keeping.get();
            kept = added.isPresent();
            return added;
        } finally {
            if (!kept) {
                forget(file);
            }
        }
    }

    /// Forgets an image or a module, and its file.
    ///
    /// @return whether it was there
    public boolean remove(StoredImage image) {
        boolean there = store.remove(image.id());
        forget(image.file());
        return there;
    }

    /// The files of all images and modules of the tenant for whom this thread works.
    public List<UUID> own() {
        return List.copyOf(store.files());
    }

    /// Removes the bytes of an image or a module that is not known any more.
    public void forget(UUID file) {
        try {
            files.delete(file);
        } catch (IOException later) {
            LOG.warn("the file of a firmware image is removed with the next start: {}", later.getMessage());
        }
    }

    /// Opens the bytes of an image.
    ///
    /// @throws UncheckedIOException where its file is on another server, or the disk does not give it
    public FileChannel open(StoredImage image) {
        try {
            return files.open(image.file());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
