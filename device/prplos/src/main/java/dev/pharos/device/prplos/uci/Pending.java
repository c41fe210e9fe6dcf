// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The file of changes of one package that are staged and not committed, under its lock; it may not be there.
record Pending(Path file, Optional<Flock> lock) implements Closeable {
    private static final byte[] NONE = {};

    byte[] bytes() throws IOException {
        byte[] bytes = lock.isPresent() ? UciFile.read(file) : NONE;
        if (bytes.length > Limits.FILE_BYTES) {
            throw new IOException(file + " holds more than " + Limits.FILE_BYTES + " bytes of staged changes");
        }
        return bytes;
    }

    /// Empties it; the file stays, as others may hold it open.
    void clear() throws IOException {
        if (lock.isPresent() && Files.size(file) > 0) {
            Files.write(file, NONE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    /// Puts changes before those that are there.
    void putBefore(byte[] changes) throws IOException {
        if (lock.isPresent() && changes.length > 0) {
            byte[] present = bytes();
            byte[] all = new byte[changes.length + present.length];
            System.arraycopy(changes, 0, all, 0, changes.length);
            System.arraycopy(present, 0, all, changes.length, present.length);
            Files.write(file, all, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    @Override
    public void close() {
        lock.ifPresent(Flock::close);
    }
}
