// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a unit says, in a file, and in one older file when that is full.
final class UnitLog {
    private static final Logger LOG = LoggerFactory.getLogger(UnitLog.class);

    private final Path file;
    private volatile String last = "";
    private volatile @Nullable Thread reader;

    UnitLog(Path file) {
        this.file = file;
    }

    /// Keeps what comes, until the unit says no more; what cannot be kept is read all the same, since a full pipe would
    /// stop the unit.
    void follow(InputStream output) {
        // a thread of the platform, since reads of pipes would hold a carrier of virtual ones
        reader = Thread.ofPlatform().daemon().name("unit-log").start(() -> read(output));
    }

    /// Returns when all is read of a unit that has ended, or something else still holds its output.
    void finish() throws InterruptedException {
        Thread reading = reader;
        if (reading != null) {
            boolean _ = reading.join(Limits.LAST_WORDS);
        }
    }

    private void read(InputStream output) {
        byte[] buffer = new byte[Limits.BUFFER];
        try (output) {
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                write(buffer, read);
            }
        } catch (IOException ended) {
            LOG.debug("the output of a unit ended: {}", ended.getMessage());
        }
    }

    private synchronized void write(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
        if (!text.isEmpty()) {
            last = text.substring(text.lastIndexOf('\n') + 1);
        }
        try {
            if (Files.exists(file) && Files.size(file) + length > Limits.LOG) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            try (OutputStream out = Files.newOutputStream(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
                out.write(bytes, 0, length);
            }
        } catch (IOException full) {
            LOG.debug("what a unit says cannot be kept: {}", full.getMessage());
        }
    }

    /// The last line, for messages; empty where there was none.
    String lastLine() {
        return last.replaceAll("\\p{Cntrl}", " ");
    }
}
