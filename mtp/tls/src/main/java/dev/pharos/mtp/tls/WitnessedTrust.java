// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Judges servers as another does, and says which certificates were found good: for a library that shows nothing of
/// its TLS sessions.
final class WitnessedTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private final Consumer<List<X509Certificate>> good;

    WitnessedTrust(X509ExtendedTrustManager judge, Consumer<List<X509Certificate>> good) {
        this.judge = judge;
        this.good = good;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        judge.checkServerTrusted(chain, authType, engine);
        good.accept(List.of(chain));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        judge.checkServerTrusted(chain, authType, socket);
        good.accept(List.of(chain));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkServerTrusted(chain, authType);
        good.accept(List.of(chain));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
