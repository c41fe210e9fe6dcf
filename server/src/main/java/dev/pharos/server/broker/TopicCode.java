// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// How topics are written on the broker's inner side. Artemis turns topics into addresses of its own, where `.` stands
/// for `/`, `*` for `+`, and `::` splits an address from a queue: two topics could meet in one address, and every
/// Endpoint ID of scheme `os` would be split. Therefore Artemis only ever sees letters, digits, `-`, `/` and wildcards
/// that are a level of their own; every other byte stands as `_` and two hexadecimal digits, so that different topics
/// stay different.
final class TopicCode {
    private static final HexFormat HEX = HexFormat.of();

    private TopicCode() {}

    /// The inner form of a topic or a topic filter.
    static String encode(String topic) {
        StringBuilder out = new StringBuilder(topic.length() + 32);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            if (i > 0) {
                out.append('/');
            }
            if (levels[i].equals("+") || levels[i].equals("#")) {
                out.append(levels[i]);
            } else {
                encodeWord(levels[i], out);
            }
        }
        return out.toString();
    }

    /// The inner form of a text that is no topic: without any `/` or wildcard.
    static String encodeWord(String word) {
        StringBuilder out = new StringBuilder(word.length() + 16);
        encodeWord(word, out);
        return out.toString();
    }

    private static void encodeWord(String word, StringBuilder out) {
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '-';
            if (plain) {
                out.append((char) b);
            } else {
                out.append('_').append(HEX.toHexDigits(b));
            }
        }
    }

    /// The topic or filter whose inner form this is.
    static String decode(String inner) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(inner.length());
        int at = 0;
        while (at < inner.length()) {
            char c = inner.charAt(at);
            if (c == '_' && at + 2 < inner.length()) {
                out.write(HexFormat.fromHexDigits(inner, at + 1, at + 3));
                at += 3;
            } else {
                out.write(c);
                at++;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The topic or filter in one of Artemis's addresses, with or without the queue behind it.
    static String fromAddress(String address) {
        int queue = address.indexOf("::");
        String bare = queue < 0 ? address : address.substring(0, queue);
        return decode(bare.replace('.', '/').replace('*', '+'));
    }
}
