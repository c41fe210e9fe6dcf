// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import dev.pharos.usp.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What the bytes of an image must add up to.
public record CheckSum(Algorithm algorithm, Bytes value) {

    /// Those of TR-181.
    public enum Algorithm {
        SHA_1("SHA-1", 20),
        SHA_224("SHA-224", 28),
        SHA_256("SHA-256", 32),
        SHA_384("SHA-384", 48),
        SHA_512("SHA-512", 64);

        private final String text;
        private final int bytes;

        Algorithm(String text, int bytes) {
            this.text = text;
            this.bytes = bytes;
        }

        /// As TR-181 and the runtime call it.
        public String text() {
            return text;
        }

        int bytes() {
            return bytes;
        }

        MessageDigest digest() {
            try {
                return MessageDigest.getInstance(text);
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("every Java platform has " + text, missing);
            }
        }
    }
}
