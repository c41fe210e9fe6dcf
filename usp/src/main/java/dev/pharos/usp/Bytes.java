// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An immutable run of bytes with equality by content, so that records may carry binary values.
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] content;
    private final int offset;
    private final int size;

    private Bytes(byte[] content, int offset, int size) {
        this.content = content;
        this.offset = offset;
        this.size = size;
    }

    /// Copies `content`, so that later changes to the array do not show.
    public static Bytes copyOf(byte[] content) {
        return adopt(content.clone());
    }

    /// Takes the array over without a copy: the caller promises never to touch it again.
    public static Bytes adopt(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content, 0, content.length);
    }

    public static Bytes ofUtf8(String text) {
        return adopt(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Bytes ofHex(String hex) {
        return adopt(HexFormat.of().parseHex(hex));
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// The byte at this index.
    ///
    /// @throws IndexOutOfBoundsException unless 0 <= index < size
    public byte at(int index) {
        return content[offset + Objects.checkIndex(index, size)];
    }

    /// The bytes from `from` up to but not with `to`, without a copy: the part keeps the whole alive.
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return from == to ? EMPTY : new Bytes(content, offset + from, to - from);
    }

    /// The bytes from `from` up to but not with `to` read as UTF-8, or null where they are not well formed.
    public @Nullable String utf8(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        String text = new String(content, offset + from, to - from, StandardCharsets.UTF_8);
        // The JDK puts U+FFFD where bytes are malformed; only then is it worth asking whether it was really sent.
        return text.indexOf('\uFFFD') < 0 || isEncodingOf(text, offset + from, offset + to) ? text : null;
    }

    private boolean isEncodingOf(String text, int start, int end) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(encoded, 0, encoded.length, content, start, end);
    }

    /// Writes all bytes into `target`, the first of them at `position`.
    public void copyTo(byte[] target, int position) {
        System.arraycopy(content, offset, target, position, size);
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(content, offset, offset + size);
    }

    /// A read-only view, without a copy.
    public ByteBuffer asReadOnlyBuffer() {
        return ByteBuffer.wrap(content, offset, size).slice().asReadOnlyBuffer();
    }

    public String toHex() {
        return HexFormat.of().formatHex(content, offset, offset + size);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that
                && Arrays.equals(content, offset, offset + size, that.content, that.offset, that.offset + that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int index = offset; index < offset + size; index++) {
            hash = 31 * hash + content[index];
        }
        return hash;
    }

    /// The size only: content may be secret and may be large.
    @Override
    public String toString() {
        return size + " bytes";
    }
}
