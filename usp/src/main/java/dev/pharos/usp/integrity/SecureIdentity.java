// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// Who we are towards the other end, whatever lies between: our certificate, its key, and who judges the peer's.
public final class SecureIdentity {
    private static final int LINE = 64;

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final CertificateJudge judge;
    private final Bytes pem;
    private final KeyManager[] managers;

    /// @param chain our own certificate first, then those that signed it; of the curve P-256 (R-E2E.40b)
    /// @param key of the first
    /// @throws IllegalArgumentException where the certificate is of another kind
    public SecureIdentity(List<X509Certificate> chain, PrivateKey key, CertificateJudge judge) {
        if (chain.isEmpty() || !RecordSignature.isP256(chain.getFirst().getPublicKey())) {
            throw new IllegalArgumentException(
                    "end-to-end security needs a certificate of the elliptic curve P-256 (R-E2E.40b)");
        }
        this.chain = List.copyOf(chain);
        this.key = key;
        this.judge = judge;
        this.pem = pem(this.chain);
        this.managers = managers(this.chain, key);
    }

    public List<X509Certificate> chain() {
        return chain;
    }

    public PrivateKey key() {
        return key;
    }

    public CertificateJudge judge() {
        return judge;
    }

    /// The key as TLS wants it.
    public KeyManager[] keyManagers() {
        return managers.clone();
    }

    private static KeyManager[] managers(List<X509Certificate> chain, PrivateKey key) {
        try {
            char[] none = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, none, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, none);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException("the key cannot be used for TLS: " + unusable.getMessage(), unusable);
        }
    }

    /// What goes into `sender_cert`.
    public Bytes senderCertificate() {
        return pem;
    }

    private static Bytes pem(List<X509Certificate> chain) {
        Base64.Encoder lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate certificate : chain) {
                // Who signs itself is in the receiver's trust already, or is of no use to it.
                if (text.isEmpty()
                        || !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                    text.append("-----BEGIN CERTIFICATE-----\n")
                            .append(lines.encodeToString(certificate.getEncoded()))
                            .append("\n-----END CERTIFICATE-----\n");
                }
            }
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was read can be written", impossible);
        }
        return Bytes.ofUtf8(text.toString());
    }

    /// Without the key.
    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal().toString();
    }
}
