// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.software;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/// Version 5 UUIDs of deployment units: RFC 4122 section 4.3 in the namespace of domain names, for `NAME.VENDOR.` as
/// TR-181's annex on software modules has it.
public final class UnitUuid {
    private static final UUID DOMAIN_NAMES = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    private static final Pattern VERSION_5 =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    private static final String PLAIN = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";

    private UnitUuid() {}

    /// The one that controllers and agents come to alike.
    ///
    /// @param name of the deployment unit
    /// @param vendor its domain name
    public static UUID of(String name, String vendor) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-1", missing);
        }
        sha1.update(ByteBuffer.allocate(16)
                .putLong(DOMAIN_NAMES.getMostSignificantBits())
                .putLong(DOMAIN_NAMES.getLeastSignificantBits())
                .flip());
        ByteBuffer hash =
                ByteBuffer.wrap(sha1.digest((encoded(name) + "." + vendor + ".").getBytes(StandardCharsets.UTF_8)));
        long most = hash.getLong();
        long least = hash.getLong();
        return new UUID((most & ~0xF000L) | 0x5000L, (least & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }

    /// Whether a text is such a UUID, in either case of letters.
    public static boolean isOne(String text) {
        return VERSION_5.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xFF);
            if (PLAIN.indexOf(letter) >= 0) {
                text.append(letter);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02x", (int) letter));
            }
        }
        return text.toString();
    }
}
