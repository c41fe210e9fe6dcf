// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Limits;
import dev.pharos.usp.integrity.SecureIdentity;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Makes the TLS engine of a Session Context: one cipher suite for each version, P-256 throughout, and certificates
/// on both sides (R-E2E.40 to R-E2E.40b, R-E2E.43).
///
/// Each engine has a context of its own, so that no session is ever resumed: every Session Context judges the
/// peer's certificates anew.
final class PayloadTlsEngine {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] SUITES = {"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"};
    private static final String[] GROUPS = {"secp256r1"};
    private static final String[] SIGNATURES = {"ecdsa_secp256r1_sha256"};
    /// Past a week, tickets are not given out at all (RFC 8446, 4.6.1): nobody could use them.
    private static final int NO_TICKETS = 8 * 24 * 3600;

    private PayloadTlsEngine() {}

    /// @param judge says why certificates do not prove the peer
    static SSLEngine create(
            SecureIdentity identity, Function<List<X509Certificate>, Optional<String>> judge, boolean client) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity.keyManagers(), new TrustManager[] {new PeerJudgement(judge)}, null);
            context.getServerSessionContext().setSessionTimeout(NO_TICKETS);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(client);
            SSLParameters parameters = new SSLParameters(SUITES, PROTOCOLS);
            parameters.setNamedGroups(GROUPS);
            parameters.setSignatureSchemes(SIGNATURES);
            parameters.setNeedClientAuth(true);
            engine.setSSLParameters(parameters);
            return engine;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java speaks TLS", impossible);
        }
    }

    /// What went wrong, in a sentence about the peer.
    static String sentence(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException refused) {
                return shown(String.valueOf(refused.getMessage()));
            }
        }
        String words = shown(String.valueOf(failure.getMessage()));
        int alert = words.indexOf("fatal alert: ");
        return alert >= 0 ? "it refuses our TLS handshake: " + words.substring(alert + 13) : "its TLS fails: " + words;
    }

    private static String shown(String words) {
        StringBuilder out = new StringBuilder();
        words.codePoints()
                .limit(Limits.SHOWN_CHARACTERS)
                .forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString().strip();
    }

    /// Lets the judge decide, in whichever role the peer is.
    private record PeerJudgement(Function<List<X509Certificate>, Optional<String>> judge) implements X509TrustManager {
        private void judge(X509Certificate[] chain) throws CertificateException {
            Optional<String> objection = judge.apply(List.of(chain));
            if (objection.isPresent()) {
                throw new CertificateException(objection.get());
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            judge(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            judge(chain);
        }

        /// None: whoever knows whom we trust would show nothing instead of being refused in words.
        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
