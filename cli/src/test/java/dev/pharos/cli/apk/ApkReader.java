// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.apk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Reads a package as apk-v3(5) describes it, for tests.
final class ApkReader {
    private final ByteBuffer values;
    final byte[] said;
    /// What files hold, by the numbers of folder and file.
    final Map<List<Integer>, byte[]> contents = new HashMap<>();

    ApkReader(byte[] file) throws IOException {
        assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("ADBd");
        byte[] all;
        try (InflaterInputStream in =
                new InflaterInputStream(new ByteArrayInputStream(file, 4, file.length - 4), new Inflater(true))) {
            all = in.readAllBytes();
        }
        assertThat(new String(all, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("ADB.pckg");
        ByteBuffer stream = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).position(8);
        byte[] first = new byte[0];
        for (int number = 0; stream.hasRemaining(); number++) {
            assertThat(stream.position() % 8).isZero();
            int head = stream.getInt();
            byte[] block = new byte[(head & 0x3fff_ffff) - 4];
            stream.get(block);
            while (stream.position() % 8 != 0) {
                assertThat(stream.get()).isZero();
            }
            if (number == 0) {
                assertThat(head >>> 30).isZero();
                first = block;
            } else {
                assertThat(head >>> 30).isEqualTo(2);
                ByteBuffer data = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
                List<Integer> which = List.of(data.getInt(), data.getInt());
                byte[] content = new byte[data.remaining()];
                data.get(content);
                assertThat(contents.put(which, content)).isNull();
            }
        }
        said = first;
        values = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
    }

    int root() {
        return values.getInt(4);
    }

    /// The members of an object or array, from 1 on; 0 where it has none.
    int member(int value, int number) {
        int at = at(value);
        return number < values.getInt(at) ? values.getInt(at + 4 * number) : 0;
    }

    List<Integer> elements(int array) {
        List<Integer> elements = new ArrayList<>();
        for (int number = 1; array != 0 && number < values.getInt(at(array)); number++) {
            elements.add(member(array, number));
        }
        return elements;
    }

    long number(int value) {
        return switch (value >>> 28) {
            case 1 -> value & 0x0fff_ffff;
            case 2 -> Integer.toUnsignedLong(values.getInt(at(value)));
            case 3 -> values.getLong(at(value));
            default -> throw new AssertionError("no number: " + Integer.toHexString(value));
        };
    }

    byte[] bytes(int value) {
        int at = at(value);
        int length;
        int head;
        switch (value >>> 28) {
            case 0 -> {
                return new byte[0];
            }
            case 8 -> {
                head = 1;
                length = values.get(at) & 0xff;
            }
            case 9 -> {
                head = 2;
                length = values.getShort(at) & 0xffff;
            }
            case 10 -> {
                head = 4;
                length = values.getInt(at);
            }
            default -> throw new AssertionError("no bytes: " + Integer.toHexString(value));
        }
        assertThat(at % head).isZero();
        byte[] bytes = new byte[length];
        values.get(at + head, bytes);
        return bytes;
    }

    String text(int value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    private static int at(int value) {
        return value & 0x0fff_ffff;
    }
}
