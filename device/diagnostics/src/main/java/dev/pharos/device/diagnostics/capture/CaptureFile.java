// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import dev.pharos.device.firmware.Outgoing;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Captured packets as a file that has no name: it is gone when it is closed, and when the process ends in whatever
/// way. Used by one thread at a time.
public final class CaptureFile implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final CaptureFormat format;
    private final FileChannel channel;
    private final ByteBuffer waiting = ByteBuffer.allocate(BUFFER);
    private long size;
    private long packets;

    private CaptureFile(CaptureFormat format, FileChannel channel) {
        this.format = format;
        this.channel = channel;
    }

    /// With its header.
    ///
    /// @param kind of the packets that are added
    public static CaptureFile of(CaptureFormat format, LinkKind kind) throws IOException {
        Path path = Files.createTempFile("pharos-capture", "");
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
        CaptureFile file = new CaptureFile(format, channel);
        try {
            file.write(format.header(kind));
        } catch (IOException full) {
            channel.close();
            throw full;
        }
        return file;
    }

    /// @return whether it had room, below [CaptureBounds#FILE_BYTES]; else the file is as it was
    public boolean add(Packet packet) throws IOException {
        byte[] record = format.record(packet);
        if (size + record.length > CaptureBounds.FILE_BYTES) {
            return false;
        }
        write(record);
        packets++;
        return true;
    }

    private void write(byte[] bytes) throws IOException {
        if (waiting.remaining() < bytes.length) {
            flush();
        }
        if (bytes.length > waiting.remaining()) {
            writeWhole(ByteBuffer.wrap(bytes));
        } else {
            waiting.put(bytes);
        }
        size += bytes.length;
    }

    private void flush() throws IOException {
        waiting.flip();
        writeWhole(waiting);
        waiting.clear();
    }

    private void writeWhole(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int _ = channel.write(bytes);
        }
    }

    public long packets() {
        return packets;
    }

    /// What is in it, as long as it is open. Nothing is added any more.
    public Outgoing outgoing() throws IOException {
        flush();
        return new Outgoing(size, () -> new Reader(channel));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Reads the file from its first byte, and leaves it open.
    private static final class Reader extends InputStream {
        private final FileChannel channel;
        private long at;

        Reader(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = channel.read(ByteBuffer.wrap(target, from, length), at);
            at += Math.max(0, read);
            return read;
        }
    }
}
