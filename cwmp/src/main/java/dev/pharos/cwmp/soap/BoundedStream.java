// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The bytes of an envelope, up to the bound; remembers why reading failed, since XML readers wrap what they are
/// thrown.
final class BoundedStream extends FilterInputStream {
    private int given;
    private boolean full;
    private @Nullable IOException failure;

    BoundedStream(InputStream stream) {
        super(stream);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (full) {
            throw new IOException("too large");
        }
        int count;
        try {
            count = super.read(target, offset, length);
        } catch (IOException failed) {
            failure = failed;
            throw failed;
        }
        given += Math.max(count, 0);
        if (given > Limits.ENVELOPE_BYTES) {
            full = true;
            throw new IOException("too large");
        }
        return count;
    }

    /// Whether there was more than is read.
    boolean isFull() {
        return full;
    }

    /// Throws what the stream itself failed with, if it did.
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
