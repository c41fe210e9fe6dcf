// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Signs certificates and revocation lists (RFC 5280).
public final class Authority {
    private static final String ORGANISATION = "Pharos development";
    private static final int SERIAL_BITS = 120;

    private final X509Certificate certificate;
    private final PrivateKey key;

    /// An authority that was made before.
    public Authority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /// An authority whose certificate and key are in files.
    ///
    /// @throws IOException where one cannot be read, or they do not belong together, naming the file
    public static Authority read(Path certificate, Path key) throws IOException {
        Authority read = new Authority(PemReader.certificate(certificate), PemReader.key(key));
        if (read.certificate.getBasicConstraints() < 0) {
            throw new IOException(certificate + " is no certificate of an authority");
        }
        try {
            Instant now = Instant.now();
            CertificateOrder trial =
                    new CertificateOrder("trial", List.of(), Set.of(Use.CLIENT), Validity.days(now, 1));
            read.certify(read.certificate.getPublicKey(), trial).verify(read.certificate.getPublicKey());
            return read;
        } catch (GeneralSecurityException | IllegalArgumentException others) {
            throw new IOException("the key " + key + " is not that of the certificate " + certificate, others);
        }
    }

    /// A new authority, which signs itself.
    public static Authority create(String commonName, KeyKind kind, Validity validity) {
        KeyPair keys = kind.generate();
        X500Name name = name(commonName);
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            name,
                            serial(new SecureRandom()),
                            Date.from(validity.from()),
                            Date.from(validity.until()),
                            name,
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new Authority(signed(builder, keys.getPrivate()), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException failed) {
            throw new IllegalStateException("cannot make an authority", failed);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, ORGANISATION)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder(KeyKind.signatureOf(key)).build(key);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer(key)));
    }

    /// A new key and its certificate.
    public Issued issue(CertificateOrder order, KeyKind kind) {
        KeyPair keys = kind.generate();
        return new Issued(certify(keys.getPublic(), order), keys.getPrivate());
    }

    /// A new key and a certificate that it has signed itself, for an Endpoint that no authority knows. It names the
    /// Endpoint, since it could prove nothing otherwise (R-SEC.5).
    public static Issued selfSigned(EndpointId endpoint, KeyKind kind, Validity validity) {
        KeyPair keys = kind.generate();
        CertificateOrder order = new CertificateOrder(
                endpoint.toString(), List.of(SubjectName.of(endpoint)), Set.of(Use.SERVER, Use.CLIENT), validity);
        X500Principal self = new X500Principal(name(order.commonName()).toString());
        return new Issued(
                certify(self, keys.getPublic(), keys.getPrivate(), keys.getPublic(), order), keys.getPrivate());
    }

    /// A certificate for a key that somebody else keeps.
    public X509Certificate certify(PublicKey owner, CertificateOrder order) {
        return certify(certificate.getSubjectX500Principal(), certificate.getPublicKey(), key, owner, order);
    }

    private static X509Certificate certify(
            X500Principal issuer, PublicKey issuers, PrivateKey signing, PublicKey owner, CertificateOrder order) {
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            KeyPurposeId[] purposes = order.uses().stream()
                    .sorted()
                    .map(use -> use == Use.SERVER ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth)
                    .toArray(KeyPurposeId[]::new);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            issuer,
                            serial(new SecureRandom()),
                            Date.from(order.validity().from()),
                            Date.from(order.validity().until()),
                            new X500Principal(name(order.commonName()).toString()),
                            owner)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes))
                    .addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(owner))
                    .addExtension(
                            Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuers));
            if (!order.names().isEmpty()) {
                GeneralName[] names =
                        order.names().stream().map(SubjectName::encoded).toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return signed(builder, signing);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException failed) {
            throw new IllegalStateException("cannot make a certificate", failed);
        }
    }

    /// A list of certificates that are valid no more, although they have not expired.
    public X509CRL revoke(Collection<BigInteger> serials, Validity validity) {
        try {
            JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(certificate, Date.from(validity.from()));
            builder.setNextUpdate(Date.from(validity.until()));
            for (BigInteger serial : serials) {
                builder.addCRLEntry(serial, Date.from(validity.from()), CRLReason.cessationOfOperation);
            }
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
            return new JcaX509CRLConverter().getCRL(builder.build(signer(key)));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException failed) {
            throw new IllegalStateException("cannot make a revocation list", failed);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /// To be kept.
    public PrivateKey key() {
        return key;
    }
}
