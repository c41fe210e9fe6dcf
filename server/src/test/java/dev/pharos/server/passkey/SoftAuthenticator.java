// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import dev.pharos.usp.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// An authenticator and the browser before it, with a key of its own: what it brings is what WebAuthn says (sections
/// 5.8.1, 6.1 and 6.5), unless it is told to say something else.
///
/// @param credential what it calls its passkey
public record SoftAuthenticator(Kind kind, KeyPair keys, Bytes credential) {
    public static final int PRESENT = 0x01;
    public static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;
    private static final int RSA_BITS = 2_048;
    private static final String CREATE = "webauthn.create";
    private static final String GET = "webauthn.get";

    /// A kind of key, by COSE's number and Java's words.
    public enum Kind {
        ES256(-7, "EC", "secp256r1", "SHA256withECDSA"),
        ED25519(-8, "Ed25519", "", "Ed25519"),
        RS256(-257, "RSA", "", "SHA256withRSA"),
        /// Of those that the server does not take.
        ES384(-35, "EC", "secp384r1", "SHA384withECDSA");

        private final int cose;
        private final String algorithm;
        private final String curve;
        private final String signature;

        Kind(int cose, String algorithm, String curve, String signature) {
            this.cose = cose;
            this.algorithm = algorithm;
            this.curve = curve;
            this.signature = signature;
        }
    }

    /// What it says of the ceremony.
    ///
    /// @param rpId whose passkey it says to be
    /// @param flags of the authenticator data
    /// @param counter of its signatures
    public record Says(
            String type, Bytes challenge, String origin, boolean crossOrigin, String rpId, int flags, long counter) {

        /// The truth, where `challenge` is what the server asked and `origin` where the page is.
        public static Says create(Bytes challenge, String origin) {
            return new Says(CREATE, challenge, origin, false, "localhost", PRESENT | VERIFIED, 0);
        }

        public static Says get(Bytes challenge, String origin, long counter) {
            return new Says(GET, challenge, origin, false, "localhost", PRESENT | VERIFIED, counter);
        }

        public Says withType(String other) {
            return new Says(other, challenge, origin, crossOrigin, rpId, flags, counter);
        }

        public Says withChallenge(Bytes other) {
            return new Says(type, other, origin, crossOrigin, rpId, flags, counter);
        }

        public Says withOrigin(String other) {
            return new Says(type, challenge, other, crossOrigin, rpId, flags, counter);
        }

        public Says framed() {
            return new Says(type, challenge, origin, true, rpId, flags, counter);
        }

        public Says withRpId(String other) {
            return new Says(type, challenge, origin, crossOrigin, other, flags, counter);
        }

        public Says withFlags(int other) {
            return new Says(type, challenge, origin, crossOrigin, rpId, other, counter);
        }

        Bytes clientData() {
            return Bytes.ofUtf8("{\"type\":\"" + type + "\",\"challenge\":\"" + base64(challenge) + "\",\"origin\":\""
                    + origin + "\",\"crossOrigin\":" + crossOrigin + "}");
        }
    }

    public static SoftAuthenticator make(Kind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.algorithm);
            if (!kind.curve.isEmpty()) {
                generator.initialize(new ECGenParameterSpec(kind.curve));
            } else if (kind == Kind.RS256) {
                generator.initialize(RSA_BITS);
            }
            byte[] credential = new byte[32];
            new SecureRandom().nextBytes(credential);
            return new SoftAuthenticator(kind, generator.generateKeyPair(), Bytes.adopt(credential));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    public static String base64(Bytes bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    public Attestation create(Says says) {
        byte[] key = coseKey();
        ByteBuffer attested = ByteBuffer.allocate(18 + credential.size() + key.length);
        attested.put(new byte[16]).putShort((short) credential.size());
        attested.put(credential.toByteArray()).put(key);
        byte[] data = authenticatorData(says.withFlags(says.flags() | ATTESTED), attested.array());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xA3);
        text(out, "fmt");
        text(out, "none");
        text(out, "attStmt");
        out.write(0xA0);
        text(out, "authData");
        bytes(out, data);
        return new Attestation(says.clientData(), Bytes.adopt(out.toByteArray()), List.of("internal", "hybrid"));
    }

    /// @param person what it calls the person
    public Assertion get(Says says, Bytes person) {
        try {
            byte[] data = authenticatorData(says, new byte[0]);
            Signature signature = Signature.getInstance(kind.signature);
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(sha256(says.clientData().toByteArray()));
            return new Assertion(
                    credential, person, says.clientData(), Bytes.adopt(data), Bytes.adopt(signature.sign()));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static byte[] authenticatorData(Says says, byte[] attested) {
        return ByteBuffer.allocate(37 + attested.length)
                .put(sha256(says.rpId().getBytes(StandardCharsets.UTF_8)))
                .put((byte) says.flags())
                .putInt((int) says.counter())
                .put(attested)
                .array();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// As RFC 9052 section 7, RFC 9053 section 7 and RFC 8230 section 4 say.
    private byte[] coseKey() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PublicKey key = keys.getPublic();
        switch (key) {
            case ECPublicKey point -> {
                int size = (point.getParams().getCurve().getField().getFieldSize() + 7) / 8;
                head(out, 5, 2, size == 32 ? 1 : 2);
                number(out, -2);
                bytes(out, unsigned(point.getW().getAffineX(), size));
                number(out, -3);
                bytes(out, unsigned(point.getW().getAffineY(), size));
            }
            case RSAPublicKey rsa -> {
                out.write(0xA4);
                pair(out, 1, 3);
                pair(out, 3, kind.cose);
                number(out, -1);
                bytes(out, unsigned(rsa.getModulus(), RSA_BITS / 8));
                number(out, -2);
                bytes(out, unsigned(rsa.getPublicExponent(), 3));
            }
            default -> {
                byte[] encoded = key.getEncoded();
                head(out, 4, 1, 6);
                number(out, -2);
                bytes(out, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
            }
        }
        return out.toByteArray();
    }

    private void head(ByteArrayOutputStream out, int entries, int type, int curve) {
        out.write(0xA0 | entries);
        pair(out, 1, type);
        pair(out, 3, kind.cose);
        pair(out, -1, curve);
    }

    private static byte[] unsigned(BigInteger number, int size) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[size];
        int take = Math.min(signed.length, size);
        System.arraycopy(signed, signed.length - take, fixed, size - take, take);
        return fixed;
    }

    private static void pair(ByteArrayOutputStream out, int name, int value) {
        number(out, name);
        number(out, value);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        initial(out, value < 0 ? 1 : 0, value < 0 ? -1 - value : value);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        initial(out, 3, bytes.length);
        out.writeBytes(bytes);
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        initial(out, 2, bytes.length);
        out.writeBytes(bytes);
    }

    /// RFC 8949, section 3.
    private static void initial(ByteArrayOutputStream out, int major, int value) {
        if (value < 24) {
            out.write(major << 5 | value);
        } else if (value < 256) {
            out.write(major << 5 | 24);
            out.write(value);
        } else {
            out.write(major << 5 | 25);
            out.write(value >> 8);
            out.write(value);
        }
    }
}
