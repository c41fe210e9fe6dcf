// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is made of files, and made anew when they change. Where the new files cannot be used, what was made of
/// the old ones stays, and the log says why. Thread-safe.
final class Reloaded<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Reloaded.class);

    /// Reads files and makes something of them.
    interface Maker<T> {
        T make() throws IOException;
    }

    private final List<Path> files;
    private final Maker<T> maker;
    private List<FileStamp> stamps;
    private volatile T current;

    /// @throws IOException naming the file that cannot be used
    Reloaded(List<Path> files, Maker<T> maker) throws IOException {
        this.files = files;
        this.maker = maker;
        // Before the files are read: what changes while they are is seen by the next look.
        this.stamps = FileStamp.of(files);
        this.current = maker.make();
    }

    T current() {
        return current;
    }

    /// Looks at the files, and reads them where they have changed. May wait for the disk.
    ///
    /// @return whether there is something new
    synchronized boolean refresh() {
        List<FileStamp> seen = FileStamp.of(files);
        if (seen.equals(stamps)) {
            return false;
        }
        stamps = seen;
        try {
            current = maker.make();
            LOG.info("read anew, since they have changed: {}", files);
            return true;
        } catch (IOException unusable) {
            LOG.warn("the old certificates stay in use: {}", unusable.getMessage());
            return false;
        }
    }

    /// Looks at the files again and again, until the thread is interrupted.
    ///
    /// @param looked is run after each look, and told whether there is something new
    void watch(Duration pause, Consumer<Boolean> looked) {
        try {
            while (true) {
                Thread.sleep(pause);
                looked.accept(refresh());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
