// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A certificate and its key as Artemis wants them: in a key store that is a file. It exists only while Artemis
/// starts, is readable by this user only, and locked with a password that nobody else has.
record KeyStoreFile(Path file, String password) implements AutoCloseable {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("EC", "RSA", "EdDSA");

    static KeyStoreFile of(EmbeddedBrokerConfig.Tls tls) throws IOException {
        byte[] drawn = new byte[16];
        new SecureRandom().nextBytes(drawn);
        String password = HexFormat.of().formatHex(drawn);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("broker", privateKey(tls.key()), password.toCharArray(), certificates(tls.certificate()));
            Path file = Files.createTempFile(
                    "pharos-broker",
                    ".p12",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
            return new KeyStoreFile(file, password);
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "cannot use " + tls.certificate() + " with " + tls.key() + ": " + unusable.getMessage(), unusable);
        }
    }

    private static Certificate[] certificates(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate[] found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(new Certificate[0]);
            if (found.length == 0) {
                throw new IOException("no certificate in " + file);
            }
            return found;
        }
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException("no unencrypted PKCS#8 private key in " + file);
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(encoded);
            } catch (InvalidKeySpecException otherKind) {
                // The file does not say which kind of key it holds: the next one is tried.
            }
        }
        throw new IOException("the private key in " + file + " is of no kind among " + KEY_KINDS);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    /// Without the password.
    @Override
    public String toString() {
        return file.toString();
    }
}
