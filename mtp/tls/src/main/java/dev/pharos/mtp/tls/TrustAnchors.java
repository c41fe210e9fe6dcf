// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom we trust, and whom they have disowned.
///
/// @param trusted the certificates that peers' certificates must lead to
/// @param revoked empty where revocation is not looked at
record TrustAnchors(List<X509Certificate> trusted, Optional<List<X509CRL>> revoked) {

    /// @throws IOException naming the file that cannot be used
    static TrustAnchors read(TlsSettings settings) throws IOException {
        List<X509Certificate> trusted = settings.trusted().isPresent()
                ? PemFiles.certificates(settings.trusted().get())
                : ofTheRuntime();
        Optional<List<X509CRL>> revoked = settings.revoked().isPresent()
                ? Optional.of(PemFiles.revocationLists(settings.revoked().get()))
                : Optional.empty();
        return new TrustAnchors(trusted, revoked);
    }

    /// This one certificate and no other, for somebody who is known by it.
    static TrustAnchors alone(X509Certificate certificate) {
        return new TrustAnchors(List.of(certificate), Optional.empty());
    }

    /// The same, for the question whether they trust somebody or have ever done so.
    TrustAnchors withoutRevocation() {
        return new TrustAnchors(trusted, Optional.empty());
    }

    private static List<X509Certificate> ofTheRuntime() throws IOException {
        @Nullable KeyStore runtime = null;
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(runtime);
            return List.of(extended(factory).getAcceptedIssuers());
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the runtime trusts nobody: " + unusable.getMessage(), unusable);
        }
    }

    /// Judges chains of certificates as RFC 5280 says.
    ///
    /// @param at as if it were that time, and then without looking at revocation; now where empty
    X509ExtendedTrustManager judge(Optional<Instant> at) throws GeneralSecurityException {
        PKIXBuilderParameters rules = new PKIXBuilderParameters(
                trusted.stream().map(each -> new TrustAnchor(each, null)).collect(Collectors.toSet()),
                new X509CertSelector());
        rules.setRevocationEnabled(false);
        at.ifPresent(time -> rules.setDate(Date.from(time)));
        if (at.isEmpty() && revoked.isPresent()) {
            rules.setRevocationEnabled(true);
            rules.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.copyOf(revoked.get()))));
            if (CertPathBuilder.getInstance("PKIX").getRevocationChecker() instanceof PKIXRevocationChecker checker) {
                // Only the lists that we were given: nobody is asked over the network while a peer waits.
                checker.setOptions(
                        EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
                rules.addCertPathChecker(checker);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(rules));
        return extended(factory);
    }

    private static X509ExtendedTrustManager extended(TrustManagerFactory factory) {
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new IllegalStateException("every Java judges X.509 certificates");
    }

    boolean disowned(X509Certificate certificate) {
        return revoked.stream()
                .flatMap(List::stream)
                .filter(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                .anyMatch(list -> list.isRevoked(certificate));
    }
}
