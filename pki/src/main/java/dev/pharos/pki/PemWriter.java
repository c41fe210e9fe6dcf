// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/// Writes PEM files that only their owner may read. A file is there whole or not at all.
public final class PemWriter {
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PemWriter() {}

    /// @param chain our certificate first, then those that signed it
    public static void certificates(Path file, X509Certificate... chain) throws IOException {
        write(file, (Object[]) chain);
    }

    public static void revocationList(Path file, X509CRL list) throws IOException {
        write(file, list);
    }

    /// Unencrypted PKCS#8.
    public static void key(Path file, PrivateKey key) throws IOException {
        write(file, new JcaPKCS8Generator(key, null));
    }

    private static void write(Path file, Object... parts) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            for (Object part : parts) {
                pem.writeObject(part);
            }
        }
        text(file, text.toString());
    }

    static void text(Path file, String content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path written = Files.createTempFile(folder, ".new", ".pem", FILE);
        try {
            Files.write(written, content.getBytes(StandardCharsets.UTF_8));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
