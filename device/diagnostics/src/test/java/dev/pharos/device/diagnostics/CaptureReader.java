// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.usp.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads capture files by what their specifications say, and by nothing that writes them.
///
/// @param link the LINKTYPE
/// @param packets in their order
public record CaptureReader(int link, List<Entry> packets) {

    /// One packet.
    ///
    /// @param length as it was on its link
    public record Entry(Instant time, int length, Bytes bytes) {}

    /// @throws java.nio.BufferUnderflowException where the file ends in the middle of something
    public static CaptureReader read(Bytes file) {
        ByteBuffer bytes = file.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int magic = bytes.getInt();
        return switch (magic) {
            case 0xA1B2C3D4 -> libpcap(bytes);
            case 0x0A0D0D0A -> pcapng(bytes.rewind());
            default -> throw new AssertionError("not the beginning of a capture: " + Integer.toHexString(magic));
        };
    }

    private static CaptureReader libpcap(ByteBuffer bytes) {
        must(bytes.getShort() == 2 && bytes.getShort() == 4, "version 2.4");
        bytes.position(bytes.position() + 8);
        int most = bytes.getInt();
        int link = bytes.getInt();
        List<Entry> packets = new ArrayList<>();
        while (bytes.hasRemaining()) {
            Instant time = Instant.ofEpochSecond(Integer.toUnsignedLong(bytes.getInt()), bytes.getInt() * 1_000L);
            int kept = bytes.getInt();
            must(kept <= most, "no packet longer than the header says");
            int length = bytes.getInt();
            packets.add(new Entry(time, length, take(bytes, kept)));
        }
        return new CaptureReader(link, packets);
    }

    private static CaptureReader pcapng(ByteBuffer bytes) {
        int link = -1;
        List<Entry> packets = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            int type = bytes.getInt();
            int size = bytes.getInt();
            must(bytes.getInt(start + size - 4) == size && size % 4 == 0, "a block says its length twice");
            switch (type) {
                case 0x0A0D0D0A -> must(bytes.getInt() == 0x1A2B3C4D, "the byte order");
                case 1 -> {
                    link = bytes.getShort();
                    must(bytes.getInt(start + 16) == 0x00010009 && bytes.getInt(start + 20) == 9, "nanoseconds");
                }
                case 6 -> {
                    must(bytes.getInt() == 0, "of the first interface");
                    long nanos = Integer.toUnsignedLong(bytes.getInt()) << 32 | Integer.toUnsignedLong(bytes.getInt());
                    int kept = bytes.getInt();
                    packets.add(new Entry(Instant.ofEpochSecond(0, nanos), bytes.getInt(), take(bytes, kept)));
                }
                default -> throw new AssertionError("a block of type " + type);
            }
            bytes.position(start + size);
        }
        return new CaptureReader(link, packets);
    }

    private static Bytes take(ByteBuffer bytes, int count) {
        byte[] taken = new byte[count];
        bytes.get(taken);
        return Bytes.adopt(taken);
    }

    private static void must(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("the file must have " + what);
        }
    }
}
