// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// The server whose certificate stands in `connection.json`: that one is trusted, under whatever name, and no
/// other.
final class PinnedServer implements X509TrustManager {
    private final X509Certificate pinned;

    private PinnedServer(X509Certificate pinned) {
        this.pinned = pinned;
    }

    /// Lets the connection trust this certificate only.
    ///
    /// @param pem the server's own certificate
    static void trust(HttpsURLConnection connection, String pem) throws IOException {
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PinnedServer(certificate)}, null);
            connection.setSSLSocketFactory(context.getSocketFactory());
            // It is the very certificate that the server wrote down: its name proves no more.
            connection.setHostnameVerifier((host, session) -> true);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("connection.json holds no usable certificate", unusable);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0 || !chain[0].equals(pinned)) {
            throw new CertificateException("it shows another certificate than connection.json says");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
