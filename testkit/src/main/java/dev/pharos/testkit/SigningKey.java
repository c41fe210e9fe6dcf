// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that signs JSON Web Tokens (RFC 7519), by the JDK alone, so that no library vouches for itself.
///
/// @param id its `kid`
record SigningKey(String id, KeyPair pair) {
    private static final int RSA_BITS = 2048;
    private static final int COORDINATE_BYTES = 32;

    static SigningKey rsa() {
        return new SigningKey(UUID.randomUUID().toString(), Pairs.RSA);
    }

    private static SigningKey ec() {
        return new SigningKey(UUID.randomUUID().toString(), Pairs.EC);
    }

    /// Made once for all tests: RSA takes its time.
    private static final class Pairs {
        static final KeyPair RSA = make("RSA");
        static final KeyPair EC = make("EC");

        private static KeyPair make(String kind) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
                if (kind.equals("EC")) {
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                } else {
                    generator.initialize(RSA_BITS);
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("every Java platform has " + kind, missing);
            }
        }
    }

    /// Another one, of the other kind.
    SigningKey next() {
        return isRsa() ? ec() : rsa();
    }

    /// One of the same kind and name that is not this one.
    SigningKey impostor() {
        return new SigningKey(id, Pairs.make(isRsa() ? "RSA" : "EC"));
    }

    private boolean isRsa() {
        return pair.getPublic() instanceof RSAPublicKey;
    }

    /// As a JSON Web Key (RFC 7517).
    Map<String, Object> shown() {
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa ->
                Map.of(
                        "kty",
                        "RSA",
                        "use",
                        "sig",
                        "kid",
                        id,
                        "n",
                        encoded(unsigned(rsa.getModulus(), RSA_BITS / 8)),
                        "e",
                        encoded(rsa.getPublicExponent().toByteArray()));
            case ECPublicKey ec ->
                Map.of(
                        "kty",
                        "EC",
                        "crv",
                        "P-256",
                        "use",
                        "sig",
                        "kid",
                        id,
                        "x",
                        encoded(unsigned(ec.getW().getAffineX(), COORDINATE_BYTES)),
                        "y",
                        encoded(unsigned(ec.getW().getAffineY(), COORDINATE_BYTES)));
            default -> throw new IllegalStateException("no such key was made");
        };
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[length];
        int from = Math.max(0, bytes.length - length);
        System.arraycopy(bytes, from, padded, length - (bytes.length - from), bytes.length - from);
        return padded;
    }

    /// @param claims JSON
    String sign(String claims) throws GeneralSecurityException {
        String signed = head(isRsa() ? "RS256" : "ES256") + "." + encoded(claims);
        Signature signature = Signature.getInstance(isRsa() ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + encoded(signature.sign());
    }

    /// What a verifier believes that takes the algorithm from the token (CVE-2015-9235).
    String signedWithPublicKey(String claims) throws GeneralSecurityException {
        String signed = head("HS256") + "." + encoded(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(pair.getPublic().getEncoded(), "HmacSHA256"));
        return signed + "." + encoded(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    static String unsigned(String claims) {
        return encoded("{\"alg\":\"none\"}") + "." + encoded(claims) + ".";
    }

    private String head(String algorithm) {
        return encoded("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + id + "\",\"typ\":\"JWT\"}");
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
