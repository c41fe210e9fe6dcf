// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.tls.AddressBlock;
import dev.pharos.usp.Bytes;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.jspecify.annotations.Nullable;

/// Bodies of which blocks have come, but not all (RFC 7959). Each takes as much memory as has come of it and not
/// more, whatever its sender says of its size; where there is no room, the longest untouched have to go. Not
/// thread-safe.
///
/// The library could put bodies together too, but takes the memory of the largest for the first block of each.
final class HalfBodies {
    private final int maxBodyBytes;
    private final Room all;
    private final Room fromOne;
    private final long lifeNanos;
    private final Map<Key, Half> halves = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /// Which body a block belongs to: one at a time from each socket of a peer to each of its ways back.
    record Key(InetSocketAddress source, String replyTo) {}

    /// A block of a body.
    ///
    /// @param number the first is 0
    /// @param exponent of the block size, 0 to 6: 16 to 1024 bytes
    /// @param more whether others follow
    /// @param size of the whole body, where its sender says it
    record Block(int number, int exponent, boolean more, Bytes content, OptionalInt size) {
        int blockBytes() {
            return 16 << exponent;
        }
    }

    /// What is to be done about a block.
    sealed interface Step {
        /// The next one may come.
        record Next() implements Step {}

        record Whole(Bytes body) implements Step {}

        record Wrong(ResponseCode code, String reason) implements Step {}
    }

    private static final class Half {
        private byte[] content = new byte[0];
        private int length;
        private long touched;
    }

    /// @param bodies at once
    /// @param bytes of all of them together
    record Room(int bodies, long bytes) {
        boolean isLessThan(int wantedBodies, long wantedBytes) {
            return wantedBodies > bodies || wantedBytes > bytes;
        }
    }

    /// @param fromOne of all the room, for one [AddressBlock]
    HalfBodies(int maxBodyBytes, Room all, Room fromOne, long lifeNanos) {
        this.maxBodyBytes = maxBodyBytes;
        this.all = all;
        this.fromOne = fromOne;
        this.lifeNanos = lifeNanos;
    }

    int count() {
        return halves.size();
    }

    /// Memory that they take.
    long bytes() {
        return bytes;
    }

    /// @param now by a clock that never goes back, in nanoseconds
    Step take(Key key, Block block, long now) {
        if (block.exponent() > Limits.BLOCK_EXPONENT) {
            return new Step.Wrong(ResponseCode.BAD_REQUEST, "a block size that is reserved");
        }
        if (block.more()
                ? block.content().size() != block.blockBytes()
                : block.content().size() > block.blockBytes()) {
            return new Step.Wrong(ResponseCode.BAD_REQUEST, "a block that is not as long as it says");
        }
        long offset = (long) block.number() * block.blockBytes();
        long reaches = Math.max(offset + block.content().size(), block.size().orElse(0));
        if (reaches > maxBodyBytes) {
            forget(key);
            return new Step.Wrong(
                    ResponseCode.REQUEST_ENTITY_TOO_LARGE, "a record of more than " + maxBodyBytes + " bytes");
        }
        Half half = half(key, block, now);
        if (half == null || offset > half.length) {
            forget(key);
            return new Step.Wrong(ResponseCode.REQUEST_ENTITY_INCOMPLETE, "a block before its turn");
        }
        half.touched = now;
        if (offset < half.length) {
            // It has come already; its acknowledgement must have been lost.
            return new Step.Next();
        }
        append(half, block.content());
        if (block.more()) {
            makeRoom(key, now);
            return new Step.Next();
        }
        Bytes whole = Bytes.adopt(Arrays.copyOf(half.content, half.length));
        forget(key);
        return new Step.Whole(whole);
    }

    /// A first block begins anew.
    private @Nullable Half half(Key key, Block block, long now) {
        if (block.number() > 0) {
            Half known = halves.get(key);
            return known == null || now - known.touched > lifeNanos ? null : known;
        }
        forget(key);
        Half fresh = new Half();
        halves.put(key, fresh);
        return fresh;
    }

    private void append(Half half, Bytes content) {
        int needed = half.length + content.size();
        if (needed > half.content.length) {
            int grown = Math.min(maxBodyBytes, Math.max(needed, half.content.length + half.content.length / 2));
            bytes += grown - half.content.length;
            half.content = Arrays.copyOf(half.content, grown);
        }
        content.copyTo(half.content, half.length);
        half.length = needed;
    }

    /// The longest untouched go that are too old or for which there is no room: of the same address, where that
    /// has its share.
    private void makeRoom(Key kept, long now) {
        AddressBlock block = AddressBlock.of(kept.source());
        int own = 0;
        long ownBytes = 0;
        for (Map.Entry<Key, Half> each : halves.entrySet()) {
            boolean neighbour = AddressBlock.of(each.getKey().source()).equals(block);
            own += neighbour ? 1 : 0;
            ownBytes += neighbour ? each.getValue().content.length : 0;
        }
        Iterator<Map.Entry<Key, Half>> oldest = halves.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Key, Half> next = oldest.next();
            Half half = next.getValue();
            boolean neighbour = AddressBlock.of(next.getKey().source()).equals(block);
            boolean goes = now - half.touched > lifeNanos
                    || all.isLessThan(halves.size(), bytes)
                    || (neighbour && fromOne.isLessThan(own, ownBytes));
            if (goes && !next.getKey().equals(kept)) {
                oldest.remove();
                bytes -= half.content.length;
                own -= neighbour ? 1 : 0;
                ownBytes -= neighbour ? half.content.length : 0;
            }
        }
    }

    private void forget(Key key) {
        Half gone = halves.remove(key);
        if (gone != null) {
            bytes -= gone.content.length;
        }
    }
}
