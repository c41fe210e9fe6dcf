// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Values in the form in which PostgreSQL takes them.
final class Storable {
    private Storable() {}

    /// PostgreSQL's text holds no NUL, which a device may well send: it becomes the replacement character, so that
    /// one odd value never stops a device's notifications from being stored.
    static String text(String value) {
        return value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD');
    }

    /// No more than so many of its characters, as `left` of PostgreSQL has it.
    static String left(String value, int characters) {
        return value.codePointCount(0, value.length()) <= characters
                ? value
                : value.substring(0, value.offsetByCodePoints(0, characters));
    }

    static Timestamp time(Instant instant) {
        return Timestamp.from(instant.truncatedTo(ChronoUnit.MICROS));
    }

    /// A key of fixed length for texts of any.
    static byte[] hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
                digest.update((byte) ':');
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
