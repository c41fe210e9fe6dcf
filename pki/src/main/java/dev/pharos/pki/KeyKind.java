// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/// Which keys certificates are made for.
public enum KeyKind {
    /// Elliptic curve P-256, the default: short, quick to sign with, and what secure sessions between endpoints
    /// need (R-E2E.40).
    EC("SHA256withECDSA"),
    /// 3072 bits, for peers that know nothing newer.
    RSA("SHA256withRSA");

    private static final int RSA_BITS = 3072;

    private final String signature;

    KeyKind(String signature) {
        this.signature = signature;
    }

    public KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name());
            switch (this) {
                case EC -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case RSA -> generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java makes such keys", impossible);
        }
    }

    /// With which algorithm a key signs certificates.
    static String signatureOf(Key key) {
        for (KeyKind kind : values()) {
            if (kind.name().equals(key.getAlgorithm())) {
                return kind.signature;
            }
        }
        throw new IllegalArgumentException("no key of an authority of ours: " + key.getAlgorithm());
    }
}
