// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;

/// Certificates as an authority hands them out: PKCS#7 of certificates alone (RFC 5751, `certs-only`).
public final class CertificateBundle {
    private CertificateBundle() {}

    /// DER; `CertificateFactory` of every Java reads it.
    public static byte[] of(List<X509Certificate> certificates) {
        try {
            CMSSignedDataGenerator bundle = new CMSSignedDataGenerator();
            bundle.addCertificates(new JcaCertStore(certificates));
            return bundle.generate(new CMSAbsentContent()).getEncoded();
        } catch (CMSException | GeneralSecurityException | IOException failed) {
            throw new IllegalStateException("cannot bundle certificates", failed);
        }
    }
}
