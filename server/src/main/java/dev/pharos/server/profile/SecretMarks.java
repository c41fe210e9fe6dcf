// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import dev.pharos.controller.profile.SecretMark;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Marks of secrets by HMAC-SHA-256 with a key of the server, which is made at the first need.
public final class SecretMarks implements SecretMark {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY = 32;

    private final SecretKeySpec key;

    private SecretMarks(SecretKeySpec key) {
        this.key = key;
    }

    public static SecretMarks with(ServerKeyStore keys) {
        byte[] fresh = new byte[KEY];
        new SecureRandom().nextBytes(fresh);
        return new SecretMarks(new SecretKeySpec(
                keys.key("profile secrets", Bytes.adopt(fresh)).toByteArray(), ALGORITHM));
    }

    @Override
    public Bytes of(EndpointId device, String path, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : new String[] {device.toString(), path, secret}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return Bytes.adopt(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
