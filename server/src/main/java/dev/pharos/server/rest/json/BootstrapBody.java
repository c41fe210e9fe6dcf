// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a bootstrap is to be.
///
/// @param name of the login, and for people
/// @param devices an Endpoint ID, or its beginning, with the authority, and `*`
/// @param most how many devices may come by it, 1 to 1000000; 1 where it is left out
/// @param days how long it holds, 1 to 3650; 30 where it is left out
/// @param approves whether an unknown device is let in by it; an operator is asked where it is left out
/// @param certificate PEM: of an authority, or the certificate itself that devices show; a login is made where it is
///     left out
public record BootstrapBody(
        @Nullable String name,
        @Nullable String devices,
        @Nullable Integer most,
        @Nullable Integer days,
        @Nullable Boolean approves,
        @Nullable String certificate) {
    private static final int DEVICES = 1_000_000;
    private static final int DAYS = 3_650;
    private static final int USUAL_DAYS = 30;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");

    /// The beginning of an Endpoint ID that says at least whose devices they are.
    private static final Pattern BEGINNING = Pattern.compile("[a-z0-9-]{1,16}:[^:*\\s]{0,100}:[^:*\\s]{0,50}\\*");

    public String checkedName() {
        String text = Fields.text("name", name);
        if (!NAME.matcher(text).matches()) {
            throw new BadRequestException(
                    "name", "must have 1 to 60 letters, digits, dots, dashes and underscores, a letter or digit first");
        }
        return text;
    }

    public String checkedDevices() {
        String text = Fields.text("devices", devices);
        try {
            if (!BEGINNING.matcher(text).matches()) {
                EndpointId.parse(text);
            }
            return text;
        } catch (MalformedInputException malformed) {
            throw new BadRequestException(
                    "devices", "must be an Endpoint ID, or its beginning and *, such as os::00256D-*");
        }
    }

    public int checkedMost() {
        return Fields.within("most", most == null ? 1 : most, 1, DEVICES);
    }

    public int checkedDays() {
        return Fields.within("days", days == null ? USUAL_DAYS : days, 1, DAYS);
    }

    public boolean isApproving() {
        return Fields.flag(approves, false);
    }

    public Optional<X509Certificate> checkedCertificate() {
        if (certificate == null) {
            return Optional.empty();
        }
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII))));
        } catch (CertificateException unreadable) {
            throw new BadRequestException("certificate", "must be a certificate in PEM");
        }
    }
}
