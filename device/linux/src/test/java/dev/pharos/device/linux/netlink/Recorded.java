// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Datagrams that a kernel really sent, by name.
final class Recorded {
    static final Map<String, byte[]> ALL = read();

    private Recorded() {}

    static ByteBuffer datagram(String name) {
        return ByteBuffer.wrap(Objects.requireNonNull(ALL.get(name), name));
    }

    private static Map<String, byte[]> read() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        try (InputStream stream = Objects.requireNonNull(Recorded.class.getResourceAsStream("recorded.txt"))) {
            new String(stream.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words -> all.put(words[0], HexFormat.of().parseHex(words[1])));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all;
    }
}
