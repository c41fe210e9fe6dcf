// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A stream that refuses to give more than so many bytes, and remembers why it failed, since XML readers wrap
/// what they are thrown.
final class BoundedStream extends FilterInputStream {
    private final long limit;
    private long given;
    private @Nullable IOException failure;

    BoundedStream(InputStream stream, long limit) {
        super(stream);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int count = super.read(target, offset, length);
            given += Math.max(count, 0);
            if (given > limit) {
                throw new IOException("larger than " + limit + " bytes");
            }
            return count;
        } catch (IOException failed) {
            failure = failed;
            throw failed;
        }
    }

    /// Throws what reading failed with, if it did.
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
