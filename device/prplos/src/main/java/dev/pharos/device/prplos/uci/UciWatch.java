// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells that files of packages may be others than they were, as the kernel tells it: nobody has to look. Folders of
/// UCI that are not there yet are watched once [#again] finds them. Thread-safe.
public final class UciWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UciWatch.class);
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    private final UciFolders folders;
    private final Set<String> packages;
    private final Runnable changed;
    private final WatchService kernel;
    private final Map<Path, WatchKey> watched = new ConcurrentHashMap<>();

    private UciWatch(UciFolders folders, Set<String> packages, Runnable changed, WatchService kernel) {
        this.folders = folders;
        this.packages = packages;
        this.changed = changed;
        this.kernel = kernel;
    }

    /// Begins to watch; empty where the kernel tells nothing of the folder of the configuration.
    ///
    /// @param packages of which something is to be told
    /// @param changed must not wait
    static Optional<UciWatch> of(UciFolders folders, Set<String> packages, Runnable changed) {
        try {
            UciWatch watch = new UciWatch(
                    folders,
                    Set.copyOf(packages),
                    changed,
                    FileSystems.getDefault().newWatchService());
            watch.again();
            if (!watch.watched.containsKey(folders.config())) {
                watch.close();
                return Optional.empty();
            }
            Thread.ofVirtual().name("uci-watch").start(watch::listen);
            return Optional.of(watch);
        } catch (IOException | UnsupportedOperationException untold) {
            LOG.info("the kernel does not tell of changes of {}: {}", folders.config(), untold.getMessage());
            return Optional.empty();
        }
    }

    /// Watches those of the folders that have come since.
    public void again() {
        for (Path folder : Set.of(folders.config(), folders.pending(), folders.override())) {
            WatchKey known = watched.get(folder);
            if (known != null && known.isValid()) {
                continue;
            }
            watched.remove(folder);
            if (Files.isDirectory(folder)) {
                try {
                    watched.put(folder, folder.register(kernel, KINDS));
                } catch (IOException | ClosedWatchServiceException untold) {
                    LOG.debug("the kernel does not tell of changes of {}: {}", folder, untold.getMessage());
                }
            }
        }
    }

    private void listen() {
        try {
            while (true) {
                WatchKey key = kernel.take();
                boolean ours = key.pollEvents().stream().anyMatch(this::isOurs);
                boolean there = key.reset();
                if (ours || !there) {
                    changed.run();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException closed) {
            LOG.debug("the watch of {} has ended", folders.config());
        }
    }

    /// Where more has happened than the kernel remembers, anything may have.
    private boolean isOurs(WatchEvent<?> event) {
        return !(event.context() instanceof Path name) || packages.contains(name.toString());
    }

    @Override
    public void close() {
        try {
            kernel.close();
        } catch (IOException gone) {
            LOG.debug("the watch of {} had ended: {}", folders.config(), gone.getMessage());
        }
    }
}
