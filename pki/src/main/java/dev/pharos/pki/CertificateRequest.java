// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// What an Endpoint asks an authority to certify (PKCS#10, RFC 2986): that a key, which it keeps for itself, is that of
/// its Endpoint ID. It is signed with that key, so nobody can ask for a key that they do not have.
///
/// @param encoded as it travels, DER
public record CertificateRequest(EndpointId endpoint, PublicKey key, Bytes encoded) {
    /// Elliptic curves from P-256 on; a shorter key is not worth certifying.
    private static final int CURVE_BITS = 256;

    private static final int RSA_BITS = 2048;
    private static final int RSA_BITS_AT_MOST = 8192;

    /// For a key that is there.
    public static CertificateRequest of(EndpointId endpoint, KeyPair keys) {
        try {
            ExtensionsGenerator wanted = new ExtensionsGenerator();
            wanted.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(SubjectName.of(endpoint).encoded()));
            byte[] encoded = new JcaPKCS10CertificationRequestBuilder(
                            new X500NameBuilder(BCStyle.INSTANCE)
                                    .addRDN(BCStyle.CN, "device " + endpoint)
                                    .build(),
                            keys.getPublic())
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wanted.generate())
                    .build(new JcaContentSignerBuilder(KeyKind.signatureOf(keys.getPrivate())).build(keys.getPrivate()))
                    .getEncoded();
            return new CertificateRequest(endpoint, keys.getPublic(), Bytes.adopt(encoded));
        } catch (OperatorCreationException | IOException failed) {
            throw new IllegalStateException("cannot ask for a certificate", failed);
        }
    }

    /// Reads what somebody asks for.
    ///
    /// @throws MalformedInputException where it cannot be read, names no Endpoint or several, asks for too weak a
    ///     key, or is not signed with it
    public static CertificateRequest parse(byte[] der) throws MalformedInputException {
        try {
            JcaPKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequest(new PKCS10CertificationRequest(der));
            PublicKey key = request.getPublicKey();
            if (!isStrong(key)) {
                throw malformed("its key must be of an elliptic curve of " + CURVE_BITS + " bits or more, or RSA of "
                        + RSA_BITS + " to " + RSA_BITS_AT_MOST);
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw malformed("it is not signed with the key that it asks for");
            }
            return new CertificateRequest(endpoint(request), key, Bytes.copyOf(der));
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException unreadable) {
            throw malformed("it is no certificate request (PKCS#10)");
        } catch (RuntimeException nonsense) {
            // what the library throws of it has no bounds: each of a dozen kinds says that bytes make no sense
            throw malformed("it is no certificate request that makes sense");
        }
    }

    private static boolean isStrong(PublicKey key) {
        return switch (key) {
            case ECPublicKey curve -> curve.getParams().getCurve().getField().getFieldSize() >= CURVE_BITS;
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() >= RSA_BITS && rsa.getModulus().bitLength() <= RSA_BITS_AT_MOST;
            default -> false;
        };
    }

    private static EndpointId endpoint(PKCS10CertificationRequest request) throws MalformedInputException {
        List<String> named = new ArrayList<>();
        Extensions wanted = request.getRequestedExtensions();
        GeneralNames names =
                wanted == null ? null : GeneralNames.fromExtensions(wanted, Extension.subjectAlternativeName);
        for (GeneralName name : names == null ? new GeneralName[0] : names.getNames()) {
            if (name.getTagNo() == GeneralName.uniformResourceIdentifier) {
                String uri = ASN1IA5String.getInstance(name.getName()).getString();
                if (uri.regionMatches(true, 0, SubjectName.URN, 0, SubjectName.URN.length())) {
                    named.add(uri.substring(SubjectName.URN.length()));
                }
            }
        }
        if (named.size() != 1) {
            throw malformed("it must name one Endpoint, as " + SubjectName.URN
                    + "<Endpoint ID> among its subject alternative names");
        }
        return EndpointId.parse(named.getFirst());
    }

    private static MalformedInputException malformed(String detail) {
        return new MalformedInputException(StandardErrorCode.INVALID_VALUE, detail);
    }
}
