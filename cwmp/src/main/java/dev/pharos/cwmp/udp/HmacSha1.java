// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.udp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature of everything that TR-069 sends in a datagram.
final class HmacSha1 {
    static final int BYTES = 20;
    private static final String ALGORITHM = "HmacSHA1";

    private HmacSha1() {}

    /// @param password not empty
    static byte[] of(byte[] text, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
