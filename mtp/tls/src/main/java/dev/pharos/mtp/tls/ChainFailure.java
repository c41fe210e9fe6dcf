// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.X509Certificate;

/// Why a chain of certificates does not lead to anybody whom we trust, in a sentence about the peer.
final class ChainFailure {
    private ChainFailure() {}

    static String sentence(Throwable failure, X509Certificate[] chain) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause;
            if (cause instanceof CertPathValidatorException invalid
                    && invalid.getReason() instanceof BasicReason reason
                    && reason != BasicReason.UNSPECIFIED) {
                return sentence(reason, chain);
            }
        }
        if (innermost instanceof CertPathBuilderException) {
            return nobodyTrusted(chain);
        }
        return "its certificate is not accepted: " + shown(String.valueOf(innermost.getMessage()));
    }

    private static String sentence(BasicReason reason, X509Certificate[] chain) {
        return switch (reason) {
            case REVOKED -> "its certificate has been revoked";
            case UNDETERMINED_REVOCATION_STATUS ->
                "whether its certificate has been revoked is not known: the revocation lists hold none of "
                        + shown(chain[0].getIssuerX500Principal().getName()) + " that is in force";
            case EXPIRED -> "a certificate of its authority, or its revocation list, has expired";
            case NOT_YET_VALID -> "a certificate of its authority is not valid yet";
            case ALGORITHM_CONSTRAINED -> "its certificate is made with an algorithm that is too weak";
            case INVALID_SIGNATURE -> "the signature of its certificate is wrong";
            case UNSPECIFIED -> nobodyTrusted(chain);
        };
    }

    private static String nobodyTrusted(X509Certificate[] chain) {
        X509Certificate last = chain[chain.length - 1];
        String issuer = shown(last.getIssuerX500Principal().getName());
        return chain.length == 1 && last.getIssuerX500Principal().equals(last.getSubjectX500Principal())
                ? "its certificate (" + issuer + ") is self-signed and not among those that are trusted here"
                : "its certificate is signed by " + issuer + ", which is not trusted here";
    }

    /// Words of a peer: no control characters, not too many.
    static String shown(String words) {
        StringBuilder out = new StringBuilder();
        words.codePoints()
                .limit(Limits.SHOWN_CHARACTERS)
                .forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString().strip();
    }
}
