// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates, keys and revocation lists in PEM files. A file that cannot be used is named in the text of
/// the [IOException].
public final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("EC", "RSA", "EdDSA");

    private PemFiles() {}

    /// All certificates of a file, in their order; at least one.
    public static List<X509Certificate> certificates(Path file) throws IOException {
        byte[] content = content(file);
        try {
            List<X509Certificate> found = factory().generateCertificates(new ByteArrayInputStream(content)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("no certificate in " + file);
            }
            return found;
        } catch (CertificateException unreadable) {
            throw new IOException("cannot read certificates from " + file, unreadable);
        }
    }

    /// All revocation lists of a file; at least one.
    public static List<X509CRL> revocationLists(Path file) throws IOException {
        byte[] content = content(file);
        try {
            List<X509CRL> found = factory().generateCRLs(new ByteArrayInputStream(content)).stream()
                    .map(X509CRL.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("no revocation list in " + file);
            }
            return found;
        } catch (CRLException unreadable) {
            throw new IOException("cannot read revocation lists from " + file, unreadable);
        }
    }

    /// The private key of a file: PKCS#8, unencrypted, of an elliptic curve or RSA.
    public static PrivateKey privateKey(Path file) throws IOException {
        Matcher pem = KEY.matcher(new String(content(file), StandardCharsets.ISO_8859_1));
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
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("every Java knows keys of the kind " + kind, missing);
            }
        }
        throw new IOException("the private key in " + file + " is of no kind among " + KEY_KINDS);
    }

    private static byte[] content(Path file) throws IOException {
        try {
            if (Files.size(file) > Limits.FILE_BYTES) {
                throw new IOException(file + " is larger than " + Limits.FILE_BYTES + " bytes, too large for PEM");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IOException("cannot read " + file + ": there is no such file", missing);
        }
    }

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException impossible) {
            throw new IllegalStateException("every Java reads X.509 certificates", impossible);
        }
    }
}
