// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.usp.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes secrets, and the hashes by which they are known again.
public final class Secret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private Secret() {}

    public static String random(int bytes) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes(bytes).toByteArray());
    }

    public static Bytes bytes(int count) {
        byte[] random = new byte[count];
        RANDOM.nextBytes(random);
        return Bytes.adopt(random);
    }

    /// For [#mac].
    public static Bytes key() {
        return bytes(KEY_BYTES);
    }

    /// HMAC-SHA256 of a text in UTF-8.
    public static Bytes mac(Bytes key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.toByteArray(), MAC));
            return Bytes.adopt(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + MAC, missing);
        }
    }

    public static Bytes hash(String secret) {
        try {
            return Bytes.adopt(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /// Whether both are equal, in a time that does not tell how far.
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
