// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import dev.pharos.usp.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file on its way to a server.
///
/// @param size in bytes, as it is announced; not more than that of what `source` gives is sent
/// @param source opened each time that it is sent
public record Outgoing(long size, Source source) {

    /// Where the bytes are.
    @FunctionalInterface
    public interface Source {
        /// At the first byte that is to be sent.
        InputStream open() throws IOException;
    }

    public static Outgoing of(Bytes bytes) {
        return new Outgoing(bytes.size(), () -> new ByteArrayInputStream(bytes.toByteArray()));
    }

    /// The end of a file that may grow while it is sent.
    ///
    /// @param most bytes
    /// @throws IOException where it cannot be read
    public static Outgoing endOf(Path file, long most) throws IOException {
        try (FileChannel there = FileChannel.open(file, StandardOpenOption.READ)) {
            long whole = there.size();
            long size = Math.min(whole, most);
            return new Outgoing(
                    size,
                    () -> Channels.newInputStream(
                            FileChannel.open(file, StandardOpenOption.READ).position(whole - size)));
        }
    }
}
