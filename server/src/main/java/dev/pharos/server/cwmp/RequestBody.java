// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Semaphore;

/// The body of one request while it comes, which is never more than it may be. For one thread at a time.
final class RequestBody {
    private final int most;
    private final Semaphore large;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean isLarge;

    /// @param large places for bodies that are larger than an Inform
    RequestBody(int most, Semaphore large) {
        this.most = most;
        this.large = large;
    }

    /// What came of a part of it.
    enum Taken {
        WELL,
        TOO_LARGE,
        /// Too many large ones come at once.
        NO_PLACE
    }

    Taken take(ByteBuf part) {
        int length = part.readableBytes();
        if (length > most - bytes.size()) {
            return Taken.TOO_LARGE;
        }
        if (!isLarge && bytes.size() + length > Limits.INFORM_BYTES) {
            if (!large.tryAcquire()) {
                return Taken.NO_PLACE;
            }
            isLarge = true;
        }
        byte[] copied = new byte[length];
        part.readBytes(copied);
        bytes.writeBytes(copied);
        return Taken.WELL;
    }

    byte[] whole() {
        return bytes.toByteArray();
    }

    /// Gives its place back. Once.
    void release() {
        if (isLarge) {
            isLarge = false;
            large.release();
        }
    }
}
