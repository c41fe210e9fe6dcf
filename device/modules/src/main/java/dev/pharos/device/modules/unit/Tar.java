// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// A tar, entry by entry; reading it gives the bytes of the entry. Names and attributes of one entry have a
/// bound, since
/// they are held in memory. Used by one thread.
final class Tar extends TarArchiveInputStream {
    static final int EXECUTABLE = 0111;

    private final Guard guard;
    private int entries;
    private boolean ended;

    private Tar(Guard guard) {
        super(guard, "UTF-8");
        this.guard = guard;
    }

    static Tar of(InputStream bytes) {
        return new Tar(new Guard(bytes));
    }

    /// What a gzip holds, several of them one after the other too.
    static InputStream unzipped(InputStream gzip) throws UnitFormatException {
        try {
            return GzipCompressorInputStream.builder()
                    .setInputStream(gzip)
                    .setDecompressConcatenated(true)
                    .get();
        } catch (IOException broken) {
            throw Archive.broken(broken);
        }
    }

    /// What a zstd holds, several frames one after the other too.
    static InputStream unpackedZstd(InputStream zstd) {
        return new Decoded(new ZstdInputStream(new ZstdFrames(zstd)));
    }

    /// The next entry; null after the last.
    @Nullable
    TarArchiveEntry next() throws UnitFormatException {
        try {
            guard.left = Limits.HEADERS;
            TarArchiveEntry entry = getNextEntry();
            guard.left = Long.MAX_VALUE;
            entries += entry == null ? 0 : 1;
            return entry;
        } catch (IOException | IllegalArgumentException broken) {
            throw Archive.broken(broken);
        }
    }

    /// To be called after the last entry.
    void mustHaveEnded() throws UnitFormatException {
        if (!ended) {
            throw new UnitFormatException("the archive is damaged: its end is missing");
        }
    }

    /// Whether no entry has come so far.
    boolean isEmpty() {
        return entries == 0;
    }

    /// Whether it is a file of which all bytes are there.
    static boolean isPlain(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isLink()
                && !entry.isSparse()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO();
    }

    @Override
    protected boolean isEOFRecord(byte @Nullable [] record) {
        boolean end = super.isEOFRecord(record);
        ended |= end && record != null;
        return end;
    }

    /// What the decoder throws where the bytes cannot be is of many kinds.
    private static final class Decoded extends FilterInputStream {
        Decoded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (RuntimeException broken) {
                throw new IOException("zstd: " + broken.getMessage(), broken);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(count, Limits.BUFFER)]));
        }
    }

    /// Gives no more than may be read.
    private static final class Guard extends FilterInputStream {
        private long left = Long.MAX_VALUE;

        Guard(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            took(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            took(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            took(skipped);
            return skipped;
        }

        private void took(long bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("more than " + Limits.HEADERS + " bytes of names and attributes of one entry");
            }
        }
    }
}
