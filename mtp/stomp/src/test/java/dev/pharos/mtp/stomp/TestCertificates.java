// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for one test, which writes PEM files.
final class TestCertificates {
    static final String PASSWORD = "changeit";

    /// @param chain the certificate, PEM
    /// @param store certificate and key in a PKCS#12 file with [#PASSWORD], as Java brokers want them
    record Issued(Path chain, Path key, Path store) {}

    private final Path folder;
    private final KeyPair authority = keyPair();
    private final X500Name authorityName = new X500Name("CN=Test Authority");
    private int number;

    TestCertificates(Path folder) {
        this.folder = folder;
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What peers are to trust.
    Path authority() throws IOException {
        return write("ca", sign(authorityName, authority, true));
    }

    Issued issue(GeneralName... names) throws IOException {
        KeyPair keys = keyPair();
        X509Certificate certificate = sign(new X500Name("CN=peer"), keys, false, names);
        return new Issued(
                write("certificate-" + number, certificate),
                write("key-" + number, new JcaPKCS8Generator(keys.getPrivate(), null)),
                store(store -> store.setKeyEntry(
                        "own", keys.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate})));
    }

    /// The authority in a PKCS#12 file with [#PASSWORD].
    Path trustStore() throws IOException {
        X509Certificate certificate = sign(authorityName, authority, true);
        return store(store -> store.setCertificateEntry("ca", certificate));
    }

    private interface Filling {
        void of(KeyStore store) throws GeneralSecurityException;
    }

    private Path store(Filling filling) throws IOException {
        Path file = folder.resolve("store-" + number + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            filling.of(store);
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException failed) {
            throw new IOException(failed);
        }
        return file;
    }

    static GeneralName host(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private X509Certificate sign(X500Name subject, KeyPair keys, boolean isAuthority, GeneralName... names)
            throws IOException {
        number++;
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                authorityName,
                BigInteger.valueOf(number),
                Date.from(now.minus(10, ChronoUnit.DAYS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                subject,
                keys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException failed) {
            throw new IOException(failed);
        }
    }

    private Path write(String name, Object content) throws IOException {
        Path file = folder.resolve(name + ".pem");
        try (Writer out = Files.newBufferedWriter(file);
                JcaPEMWriter pem = new JcaPEMWriter(out)) {
            pem.writeObject(content);
        }
        return file;
    }
}
