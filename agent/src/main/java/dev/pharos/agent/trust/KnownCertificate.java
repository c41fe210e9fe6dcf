// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// An X.509 certificate by what TR-181 tells it apart: serial number and issuer.
public record KnownCertificate(X509Certificate certificate) {
    private static final String URN = "urn:bbf:usp:id:";
    private static final int URI = 6;
    private static final int DNS_NAME = 2;

    /// Reads one certificate in PEM.
    ///
    /// @throws UspException 7004 where the text holds none or several
    public static KnownCertificate parse(String pem) {
        try {
            Collection<? extends java.security.cert.Certificate> read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (read.size() == 1 && read.iterator().next() instanceof X509Certificate certificate) {
                return new KnownCertificate(certificate);
            }
            throw new UspException(
                    StandardErrorCode.INVALID_ARGUMENTS, "Certificate: one certificate in PEM, not " + read.size());
        } catch (CertificateException unreadable) {
            throw new UspException(StandardErrorCode.INVALID_ARGUMENTS, "Certificate: not readable as PEM");
        }
    }

    /// In hexadecimal digits.
    public String serialNumber() {
        return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
    }

    /// The distinguished name.
    public String issuer() {
        return certificate.getIssuerX500Principal().getName();
    }

    String pem() {
        try {
            String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// @param algorithm such as `SHA-256`
    /// @return hexadecimal digits
    public String fingerprint(String algorithm) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException unsupported) {
            throw new UspException(StandardErrorCode.INVALID_COMMAND_ARGUMENTS, "FingerprintAlgorithm: " + algorithm);
        }
    }

    /// Whether this is the other certificate itself, or has signed it.
    boolean vouchesFor(X509Certificate other) {
        if (certificate.equals(other)) {
            return true;
        }
        if (certificate.getBasicConstraints() < 0
                || !certificate.getSubjectX500Principal().equals(other.getIssuerX500Principal())) {
            return false;
        }
        try {
            other.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException notSigned) {
            return false;
        }
    }

    /// Whether it names the Endpoint ID, and so can prove it (R-SEC.0a).
    public static boolean names(X509Certificate certificate, EndpointId endpoint) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return false;
            }
            for (List<?> name : names) {
                String text = String.valueOf(name.get(1));
                boolean urn = Integer.valueOf(URI).equals(name.get(0)) && text.equals(URN + endpoint);
                boolean host = Integer.valueOf(DNS_NAME).equals(name.get(0))
                        && endpoint.scheme().equals("fqdn")
                        && text.equalsIgnoreCase(endpoint.instanceId());
                if (urn || host) {
                    return true;
                }
            }
            return false;
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }
}
