// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.EndpointId;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority of one test, and a judge who believes it alone.
public final class TestCertificates {
    private final KeyPair authority = keys("secp256r1");
    private final X500Name name;
    private long serial = 1;

    public TestCertificates(String name) {
        this.name = new X500Name("CN=" + name);
    }

    /// A certificate and its key.
    public record Owned(X509Certificate certificate, KeyPair keys) {
        /// With a judge who believes this authority.
        public SecureIdentity trusting(TestCertificates authority) {
            return new SecureIdentity(List.of(certificate), keys.getPrivate(), authority::objection);
        }
    }

    static KeyPair keys(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A certificate of P-256 that holds today.
    public Owned issue(EndpointId id) {
        return issue(id, "secp256r1", Instant.now().plus(Duration.ofDays(1)));
    }

    public Owned issue(EndpointId id, String curve, Instant until) {
        KeyPair keys = keys(curve);
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(serial++),
                    Date.from(Instant.now().minus(Duration.ofDays(10))),
                    Date.from(until),
                    new X500Name("CN=device"),
                    keys.getPublic());
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "urn:bbf:usp:id:" + id)));
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
            return new Owned(certificate, keys);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// What a judge has against a certificate: its authority, its dates, its owner.
    Optional<String> objection(EndpointId peer, List<X509Certificate> chain) {
        X509Certificate leaf = chain.getFirst();
        try {
            leaf.verify(authority.getPublic());
        } catch (GeneralSecurityException strange) {
            return Optional.of("its certificate is signed by somebody who is not trusted here");
        }
        if (leaf.getNotAfter().toInstant().isBefore(Instant.now())) {
            return Optional.of("its certificate has expired");
        }
        try {
            boolean own = leaf.getSubjectAlternativeNames().stream()
                    .anyMatch(each -> each.get(1).equals("urn:bbf:usp:id:" + peer));
            return own ? Optional.empty() : Optional.of("its certificate belongs to another Endpoint");
        } catch (CertificateParsingException unreadable) {
            return Optional.of("its certificate cannot be read");
        }
    }
}
