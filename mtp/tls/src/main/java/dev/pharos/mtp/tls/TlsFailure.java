// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// Sentences for the operator about TLS handshakes that failed, whichever side ended them.
public final class TlsFailure {
    private static final Pattern ALERT = Pattern.compile("[Rr]eceived fatal alert: ([a-z_]+)");

    private TlsFailure() {}

    /// Empty where TLS was not the trouble.
    public static Optional<String> sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateRefusedException refused -> {
                    return Optional.of("refused in the TLS handshake: " + refused.getMessage());
                }
                case CertificateEndedException ended -> {
                    return Optional.of("its TLS connection is ended: " + ended.getMessage());
                }
                case CrowdedException crowded -> {
                    return Optional.of("turned away before the TLS handshake: " + crowded.getMessage());
                }
                case NotSslRecordException other -> {
                    return Optional.of("it speaks no TLS");
                }
                default -> {
                    // The innermost that is known decides.
                }
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return Optional.of(words(String.valueOf(cause.getMessage())));
            }
        }
        return Optional.empty();
    }

    private static String words(String message) {
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return "the peer ended the TLS handshake: " + words(alert.group(1), alert.group(1));
        }
        if (message.contains("certificate chain") && message.contains("mpty")) {
            return "refused in the TLS handshake: it shows no certificate";
        }
        if (message.contains("protocol version") || message.contains("requested protocol")) {
            return "refused in the TLS handshake: it speaks neither TLS 1.2 nor 1.3";
        }
        return "the TLS handshake failed: " + ChainFailure.shown(message);
    }

    /// @param alert RFC 8446 section 6
    private static String words(String alert, String name) {
        return switch (alert) {
            case "protocol_version" -> "it speaks none of our versions, TLS 1.2 and 1.3";
            case "certificate_required" -> "it demands a certificate of ours";
            case "unknown_ca" -> "it does not know who has signed our certificate";
            case "certificate_expired" -> "it says that our certificate has expired";
            case "certificate_revoked" -> "it says that our certificate has been revoked";
            case "bad_certificate", "certificate_unknown", "unsupported_certificate", "access_denied" ->
                "it does not accept our certificate (" + name + ")";
            case "handshake_failure" -> "it finds no common ground with us, or demands a certificate of ours";
            case "internal_error" -> "it cannot take us now (internal_error)";
            default -> name;
        };
    }
}
