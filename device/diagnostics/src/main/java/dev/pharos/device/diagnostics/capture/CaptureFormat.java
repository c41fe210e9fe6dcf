// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How captured packets stand in a file; Wireshark and tcpdump read both.
public enum CaptureFormat {
    /// The format of libpcap, with microseconds.
    LIBPCAP("libpcap") {
        @Override
        byte[] header(LinkKind kind) {
            byte[] header = new byte[24];
            little(header)
                    .putInt(0xA1B2C3D4)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putLong(0)
                    .putInt(SNAP)
                    .putInt(kind.number());
            return header;
        }

        @Override
        byte[] record(Packet packet) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, packet.time());
            byte[] record = new byte[16 + packet.bytes().size()];
            little(record)
                    .putInt((int) (micros / 1_000_000))
                    .putInt((int) (micros % 1_000_000))
                    .putInt(packet.bytes().size())
                    .putInt(packet.length());
            packet.bytes().copyTo(record, 16);
            return record;
        }
    },

    /// The newer one, with nanoseconds.
    PCAPNG("pcapng") {
        @Override
        byte[] header(LinkKind kind) {
            byte[] bytes = new byte[28 + 32];
            ByteBuffer header = little(bytes);
            // a section, as long as the file
            header.putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D);
            header.putShort((short) 1).putShort((short) 0).putLong(-1).putInt(28);
            // its only interface, with the option that times are nanoseconds
            header.putInt(1).putInt(32).putShort((short) kind.number()).putShort((short) 0);
            header.putInt(SNAP)
                    .putShort((short) 9)
                    .putShort((short) 1)
                    .putInt(9)
                    .putInt(0);
            header.putInt(32);
            return bytes;
        }

        @Override
        byte[] record(Packet packet) {
            int kept = packet.bytes().size();
            int size = 32 + ((kept + 3) & ~3);
            long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, packet.time());
            byte[] bytes = new byte[size];
            ByteBuffer record = little(bytes);
            record.putInt(6).putInt(size).putInt(0);
            record.putInt((int) (nanos >>> 32)).putInt((int) nanos);
            record.putInt(kept).putInt(packet.length());
            packet.bytes().copyTo(bytes, record.position());
            record.putInt(size - 4, size);
            return bytes;
        }
    };

    /// Of a packet with the longest header before it.
    private static final int SNAP = CaptureBounds.SNAP + LinkKind.COOKED_HEADER + 4;

    private final String text;

    CaptureFormat(String text) {
        this.text = text;
    }

    /// As TR-181 calls it.
    public String text() {
        return text;
    }

    /// What the file begins with.
    abstract byte[] header(LinkKind kind);

    abstract byte[] record(Packet packet);

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
