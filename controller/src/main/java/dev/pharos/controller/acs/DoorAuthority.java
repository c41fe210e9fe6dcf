// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// The certificate of an authority that vouches for a controller, as a device is told of it.
///
/// @param serialNumber in hexadecimal digits
/// @param issuer a distinguished name
/// @param pem of the certificate
public record DoorAuthority(String serialNumber, String issuer, String pem) {
    private static final int LINE = 64;

    public static DoorAuthority of(X509Certificate certificate) {
        try {
            String base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate.getEncoded());
            return new DoorAuthority(
                    certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT),
                    certificate.getIssuerX500Principal().getName(),
                    "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("it was read from its encoding", impossible);
        }
    }

    /// Whether a device means this certificate, however it writes numbers and names.
    boolean is(String serial, String by) {
        return digits(serial).equals(digits(serialNumber)) && name(by).isPresent() && name(by).equals(name(issuer));
    }

    private static String digits(String serial) {
        return serial.replaceAll("[^0-9A-Fa-f]", "")
                .replaceFirst("^0+(?=.)", "")
                .toUpperCase(Locale.ROOT);
    }

    private static Optional<X500Principal> name(String text) {
        try {
            return Optional.of(new X500Principal(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /// Without the certificate itself, which is long.
    @Override
    public String toString() {
        return "the certificate " + serialNumber + " of " + issuer;
    }
}
