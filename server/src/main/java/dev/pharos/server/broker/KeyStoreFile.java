// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.tls.PemFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.HexFormat;

/// A certificate and its key as Artemis wants them: in a key store that is a file. It exists only while Artemis
/// starts, is readable by this user only, and locked with a password that nobody else has.
record KeyStoreFile(Path file, String password) implements AutoCloseable {
    static KeyStoreFile of(EmbeddedBrokerConfig.Tls tls) throws IOException {
        byte[] drawn = new byte[16];
        new SecureRandom().nextBytes(drawn);
        String password = HexFormat.of().formatHex(drawn);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "broker",
                    PemFiles.privateKey(tls.key()),
                    password.toCharArray(),
                    PemFiles.certificates(tls.certificate()).toArray(Certificate[]::new));
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
