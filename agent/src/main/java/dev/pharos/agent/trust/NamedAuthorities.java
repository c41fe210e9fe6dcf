// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/// Certificates that management has named as trusted, beside the files of the configuration.
///
/// @param certificates of authorities, or of peers themselves
record NamedAuthorities(List<X509Certificate> certificates) {
    /// The bit of `keyUsage` that lets a certificate sign others.
    private static final int SIGNS_CERTIFICATES = 5;

    /// Whether a chain leads to one of them by the rules of RFC 5280.
    ///
    /// @param chain the peer's own certificate first, at least one
    /// @param now by a clock that is right
    boolean vouchFor(List<X509Certificate> chain, Instant now) {
        List<X509Certificate> signed = KnownCertificate.signedPart(chain);
        return certificates.stream().anyMatch(each -> leadsTo(each, signed, now));
    }

    private static boolean leadsTo(X509Certificate authority, List<X509Certificate> chain, Instant now) {
        if (authority.equals(chain.getFirst())) {
            return true;
        }
        List<X509Certificate> below =
                chain.stream().takeWhile(each -> !each.equals(authority)).toList();
        boolean[] use = authority.getKeyUsage();
        if (authority.getBasicConstraints() < below.size() - 1 || (use != null && !use[SIGNS_CERTIFICATES])) {
            return false;
        }
        try {
            PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            rules.setRevocationEnabled(false);
            rules.setDate(Date.from(now));
            authority.checkValidity(rules.getDate());
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(below);
            var _ = CertPathValidator.getInstance("PKIX").validate(path, rules);
            return true;
        } catch (CertPathValidatorException otherwise) {
            return false;
        } catch (InvalidAlgorithmParameterException impossible) {
            throw new IllegalStateException(impossible);
        } catch (GeneralSecurityException outside) {
            return false;
        }
    }
}
