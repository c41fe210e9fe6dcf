// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import dev.pharos.datamodel.instance.ObjectInstance;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// An X.509 certificate by what TR-181 tells it apart: serial number and issuer.
public record KnownCertificate(X509Certificate certificate) {
    private static final String URN = "urn:bbf:usp:id:";
    /// What the Endpoint ID of a host name begins with.
    static final String HOST = "fqdn::";

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

    /// Whether a row of the table shows it.
    boolean isIn(ObjectInstance row) {
        return row.value("SerialNumber").orElse("").equals(serialNumber())
                && row.value("Issuer").orElse("").equals(issuer());
    }

    /// The part of a chain in which each certificate has really signed the one before it. A transport checks that some
    /// way leads to whom it trusts; what else a peer shows, anybody can show.
    static List<X509Certificate> signedPart(List<X509Certificate> chain) {
        List<X509Certificate> part = new ArrayList<>(chain.size());
        for (X509Certificate certificate : chain) {
            boolean follows = part.isEmpty()
                    || (!certificate.equals(part.getLast())
                            && certificate.getBasicConstraints() >= part.size() - 1
                            && new KnownCertificate(certificate).vouchesFor(part.getLast()));
            if (!follows) {
                break;
            }
            part.add(certificate);
        }
        return part;
    }

    /// What its subject alternative names stand for, as they are written there: Endpoint IDs, and each host name as one
    /// of the scheme `fqdn`.
    static List<String> endpointIds(X509Certificate certificate) {
        return Stream.concat(
                        names(certificate, URI).stream()
                                .filter(text -> text.regionMatches(true, 0, URN, 0, URN.length()))
                                .map(text -> text.substring(URN.length())),
                        names(certificate, DNS_NAME).stream().map(host -> HOST + host))
                .toList();
    }

    /// Whether it names the Endpoint ID, and so can prove it (R-SEC.0a).
    public static boolean names(X509Certificate certificate, EndpointId endpoint) {
        boolean host = endpoint.scheme().equals("fqdn")
                && names(certificate, DNS_NAME).stream().anyMatch(text -> text.equalsIgnoreCase(endpoint.instanceId()));
        return host || names(certificate, URI).contains(URN + endpoint);
    }

    private static List<String> names(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(kind).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }
}
