// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a broker says, cut into packets without looking further into them.
public enum BrokerProtocol {
    MQTT {
        @Override
        byte[] next(InputStream in) throws IOException {
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            packet.write(read(in));
            int length = 0;
            int digit = 0x80;
            for (int shift = 0; digit >= 0x80; shift += 7) {
                digit = read(in);
                packet.write(digit);
                length |= (digit & 0x7f) << shift;
            }
            packet.writeBytes(whole(in, length));
            return packet.toByteArray();
        }

        @Override
        boolean delivers(byte[] packet) {
            return (packet[0] & 0xf0) >> 4 == ScriptedMqttBroker.PUBLISH;
        }

        // With QoS 0, since a packet identifier that is in use belongs to one delivery (MQTT 5.0, 4.4).
        @Override
        byte[] again(byte[] packet) {
            boolean identified = (packet[0] & QOS) != 0;
            int head = 1;
            while (packet[head++] < 0) {
                // the length goes on
            }
            int topic = head + 2 + (((packet[head] & 0xff) << 8) | (packet[head + 1] & 0xff));
            int rest = identified ? topic + 2 : topic;
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            copy.write(packet[0] & ~(QOS | DUP));
            int length = topic - head + packet.length - rest;
            for (; length > 0x7f; length >>= 7) {
                copy.write((length & 0x7f) | 0x80);
            }
            copy.write(length);
            copy.write(packet, head, topic - head);
            copy.write(packet, rest, packet.length - rest);
            return copy.toByteArray();
        }
    },
    STOMP {
        // A heart-beat is a packet of its own.
        @Override
        byte[] next(InputStream in) throws IOException {
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            int first = read(in);
            packet.write(first);
            if (first == '\n' || first == '\r') {
                return packet.toByteArray();
            }
            while (!packet.toString(StandardCharsets.UTF_8).replace("\r", "").endsWith("\n\n")) {
                packet.write(read(in));
            }
            Optional<Integer> length = packet.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(LENGTH))
                    .findFirst()
                    .map(line -> Integer.parseInt(line.substring(LENGTH.length())));
            if (length.isPresent()) {
                packet.writeBytes(whole(in, length.get()));
            }
            int next = read(in);
            for (; next != 0; next = read(in)) {
                packet.write(next);
            }
            packet.write(next);
            return packet.toByteArray();
        }

        @Override
        boolean delivers(byte[] packet) {
            return new String(packet, StandardCharsets.UTF_8).startsWith("MESSAGE");
        }

        @Override
        byte[] again(byte[] packet) {
            return packet;
        }
    };

    private static final int QOS = 0x06;
    private static final int DUP = 0x08;
    private static final String LENGTH = "content-length:";

    /// The next packet, whole.
    ///
    /// @throws EOFException at the end
    abstract byte[] next(InputStream in) throws IOException;

    /// Whether this packet brings a Record.
    abstract boolean delivers(byte[] packet);

    /// What delivers the same Record once more.
    abstract byte[] again(byte[] packet);

    private static int read(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    private static byte[] whole(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
