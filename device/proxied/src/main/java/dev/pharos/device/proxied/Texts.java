// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// Makes what strangers say of themselves fit to be shown.
final class Texts {
    private static final int DIGEST_BYTES = 6;

    private Texts() {}

    /// One line without control characters, of so many characters at most, whole ones.
    static String line(String text, int most) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .takeWhile(c -> line.length() + Character.charCount(c) <= most)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    static String name(String text) {
        return line(text, Limits.NAME_CHARACTERS);
    }

    /// A value that is shown, empty where it is longer than what is.
    static String value(String text) {
        return text.length() > Limits.VALUE_CHARACTERS ? "" : text;
    }

    /// An Alias that no other identifier has: the identifier itself where that may be one, else what of it may be and
    /// a digest.
    static String alias(String prefix, String id) {
        String plain = id.replaceAll("[^A-Za-z0-9_.-]", "-");
        String whole = prefix.toLowerCase(Locale.ROOT) + "-" + plain;
        return plain.equals(id) && whole.length() <= Limits.NAME_CHARACTERS
                ? whole
                : whole.substring(0, Math.min(whole.length(), Limits.NAME_CHARACTERS - 2 * DIGEST_BYTES - 1)) + "-"
                        + digest(id);
    }

    private static String digest(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
