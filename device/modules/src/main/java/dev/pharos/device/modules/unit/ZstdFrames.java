// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream of zstd (RFC 8878) without the frames that are to be skipped, in which builders of images put an index
/// and which the decoder does not know. Whatever else is in it passes unread. Used by one thread.
final class ZstdFrames extends FilterInputStream {
    private static final int MAGIC = 0xFD2FB528;
    /// The first of sixteen.
    private static final int SKIPPABLE = 0x184D2A50;

    /// In which of four ways a frame says how long its content is, by its descriptor.
    private static final int[] SIZES = {0, 2, 4, 8};

    private static final int[] DICTIONARIES = {0, 1, 2, 4};
    private static final int BLOCK_HEADER = 3;
    private static final int CHECKSUM = 4;
    private static final int LONGEST_HEADER = 18;

    /// Read and not yet given.
    private final byte[] head = new byte[LONGEST_HEADER];

    private int headAt;
    private int headEnd;
    /// That pass before the next header.
    private long left;

    private boolean inFrame;
    private boolean lastBlock;
    private boolean checked;
    private boolean ended;

    ZstdFrames(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (headAt == headEnd && left == 0) {
            if (ended || !next()) {
                ended = true;
                return -1;
            }
        }
        if (headAt < headEnd) {
            int some = Math.min(length, headEnd - headAt);
            System.arraycopy(head, headAt, buffer, offset, some);
            headAt += some;
            return some;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw cut();
        }
        left -= read;
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(count, Limits.BUFFER)]));
    }

    @Override
    public int available() {
        return headEnd - headAt;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private static EOFException cut() {
        return new EOFException("zstd: it ends within a frame");
    }

    /// Reads the next header, and so how many bytes follow it.
    ///
    /// @return false where there is none, at the end of the last frame
    private boolean next() throws IOException {
        headAt = 0;
        headEnd = 0;
        if (!inFrame) {
            return frame();
        }
        if (lastBlock) {
            inFrame = false;
            left = checked ? CHECKSUM : 0;
            return true;
        }
        fill(BLOCK_HEADER);
        int header = (int) number(0, BLOCK_HEADER);
        lastBlock = (header & 1) != 0;
        boolean repeated = ((header >> 1) & 3) == 1;
        left = repeated ? 1 : header >> 3;
        return true;
    }

    private boolean frame() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        head[headEnd++] = (byte) first;
        fill(Integer.BYTES - 1);
        int magic = (int) number(0, Integer.BYTES);
        if ((magic & ~0xF) == SKIPPABLE) {
            fill(Integer.BYTES);
            long skipped = number(Integer.BYTES, Integer.BYTES);
            headEnd = 0;
            try {
                in.skipNBytes(skipped);
            } catch (EOFException over) {
                throw cut();
            }
            return true;
        }
        if (magic != MAGIC) {
            throw new IOException("zstd: not a frame");
        }
        fill(1);
        int descriptor = head[Integer.BYTES];
        boolean single = ((descriptor >> 5) & 1) != 0;
        int size = SIZES[(descriptor >> 6) & 3];
        fill((single ? 0 : 1) + DICTIONARIES[descriptor & 3] + (single && size == 0 ? 1 : size));
        checked = ((descriptor >> 2) & 1) != 0;
        inFrame = true;
        lastBlock = false;
        return true;
    }

    private void fill(int bytes) throws IOException {
        if (in.readNBytes(head, headEnd, bytes) < bytes) {
            throw cut();
        }
        headEnd += bytes;
    }

    /// Little-endian.
    private long number(int at, int bytes) {
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = (number << 8) | (head[at + i] & 0xFF);
        }
        return number;
    }
}
