// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.store;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.usp.Frozen;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One record of a journal file: marker, length of the content, CRC-32C of length and content, content.
final class ChangeFrame {
    static final int HEADER_BYTES = 12;

    private static final int MARKER = 0x9E50_4A52;
    private static final byte VALUE_CHANGED = 1;
    private static final byte ROW_ADDED = 2;
    private static final byte ROW_DELETED = 3;

    private ChangeFrame() {}

    static ByteBuffer encode(List<Change> changes) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(content);
        out.writeInt(changes.size());
        for (Change change : changes) {
            switch (change) {
                case Change.ValueChanged(String path, String before, String after) -> {
                    out.writeByte(VALUE_CHANGED);
                    text(out, path);
                    text(out, before);
                    text(out, after);
                }
                case Change.RowAdded(String path, var values) -> {
                    out.writeByte(ROW_ADDED);
                    text(out, path);
                    out.writeInt(values.size());
                    for (Map.Entry<String, String> value : values.entrySet()) {
                        text(out, value.getKey());
                        text(out, value.getValue());
                    }
                }
                case Change.RowDeleted(String path) -> {
                    out.writeByte(ROW_DELETED);
                    text(out, path);
                }
            }
        }
        if (content.size() > Limits.JOURNAL_RECORD_BYTES) {
            throw new IOException("a transaction of " + content.size() + " bytes is too large for the journal, "
                    + Limits.JOURNAL_RECORD_BYTES + " are allowed");
        }
        byte[] bytes = content.toByteArray();
        return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                .putInt(MARKER)
                .putInt(bytes.length)
                .putInt(checksum(ByteBuffer.wrap(bytes)))
                .put(bytes)
                .flip();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static int checksum(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, content.remaining()));
        crc.update(content);
        return (int) crc.getValue();
    }

    /// The content of the whole and unharmed record at this offset, if there is one.
    static Optional<ByteBuffer> at(ByteBuffer file, int offset) {
        if (file.limit() - offset < HEADER_BYTES || file.getInt(offset) != MARKER) {
            return Optional.empty();
        }
        int length = file.getInt(offset + 4);
        if (length < 0 || length > file.limit() - offset - HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer content = file.slice(offset + HEADER_BYTES, length);
        return checksum(content.duplicate()) == file.getInt(offset + 8) ? Optional.of(content) : Optional.empty();
    }

    /// @throws IOException where the content is none of ours although its checksum fits
    static List<Change> decode(ByteBuffer content) throws IOException {
        try {
            int count = content.getInt();
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                changes.add(change(content));
            }
            return changes;
        } catch (BufferUnderflowException short_) {
            throw new IOException("a record ends too early", short_);
        }
    }

    private static Change change(ByteBuffer content) throws IOException {
        byte kind = content.get();
        return switch (kind) {
            case VALUE_CHANGED -> new Change.ValueChanged(text(content), text(content), text(content));
            case ROW_ADDED -> {
                String path = text(content);
                int count = content.getInt();
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < count; i++) {
                    values.put(text(content), text(content));
                }
                yield new Change.RowAdded(path, Frozen.adopt(values));
            }
            case ROW_DELETED -> new Change.RowDeleted(text(content));
            default -> throw new IOException("a record of unknown kind " + kind);
        };
    }

    private static String text(ByteBuffer content) throws IOException {
        int length = content.getInt();
        if (length < 0 || length > content.remaining()) {
            throw new IOException("a record with a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        content.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
