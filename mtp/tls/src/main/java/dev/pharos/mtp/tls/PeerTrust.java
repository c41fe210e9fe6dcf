// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Acquaintances;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Judges a peer's certificate during the TLS handshake, in the order of TR-369's flowchart: its dates, where
/// the clock is right; that it leads to somebody whom we trust; that nobody has revoked it; that it belongs to
/// the server that was dialled (R-MTP.2 to R-MTP.4). Who leads to nobody may be known all the same (R-MTP.4a).
/// Thread-safe.
final class PeerTrust extends X509ExtendedTrustManager {
    /// How the JDK names the key exchange that certificates of P-256 are used for.
    private static final String KEY_EXCHANGE = "ECDHE_ECDSA";

    private final TrustAnchors anchors;
    private final Optional<EndpointId> wanted;
    private final Acquaintances acquaintances;
    private final InstantSource clock;
    private final X509ExtendedTrustManager now;

    PeerTrust(TrustAnchors anchors, PeerRule rule, InstantSource clock) throws GeneralSecurityException {
        this.anchors = anchors;
        this.wanted = rule.wanted();
        this.acquaintances = rule.acquaintances();
        this.clock = clock;
        this.now = anchors.judge(Optional.empty());
    }

    /// How the JDK's own judge is asked: for a client or a server, with or without the connection.
    private interface Question {
        void put(X509ExtendedTrustManager judge) throws CertificateException;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        X509ExtendedTrustManager _ = accepting(
                chain,
                judge -> judge.checkClientTrusted(chain, authType),
                () -> acquaintances.knowsClient(List.of(chain)));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        X509ExtendedTrustManager _ = acceptingServer(chain, judge -> judge.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        X509ExtendedTrustManager _ = acceptingServer(chain, judge -> judge.checkServerTrusted(chain, authType, socket));
    }

    private X509ExtendedTrustManager acceptingServer(X509Certificate[] chain, Question question)
            throws CertificateException {
        return accepting(chain, question, () -> acquaintances.knowsServer(wanted, List.of(chain)));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        X509ExtendedTrustManager accepting = acceptingServer(chain, judge -> judge.checkServerTrusted(chain, authType));
        CertificateIdentity identity = CertificateIdentity.of(chain[0]);
        if (wanted.filter(identity::contradicts).isPresent()) {
            throw new CertificateRefusedException(
                    "its certificate belongs to " + identity + ", and " + wanted.get() + " is wanted");
        }
        String host = engine == null || engine.getPeerHost() == null ? "" : engine.getPeerHost();
        if (wanted.filter(identity::proves).isPresent() || isNameOfTheHome(host)) {
            return;
        }
        try {
            accepting.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException otherName) {
            throw new CertificateRefusedException(
                    "its certificate is not for " + host + ", but for " + identity, otherName);
        }
    }

    /// Nobody can get a certificate for these names (RFC 6762, RFC 8375).
    private static boolean isNameOfTheHome(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.endsWith(".local") || bare.endsWith(".home.arpa");
    }

    /// @return by whom they are accepted, for questions that follow
    private X509ExtendedTrustManager accepting(X509Certificate[] chain, Question question, BooleanSupplier isKnown)
            throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateRefusedException("it shows no certificate");
        }
        for (X509Certificate certificate : chain) {
            checkStanding(certificate, chain);
        }
        X509ExtendedTrustManager judge = judge(chain);
        try {
            question.put(judge);
            return judge;
        } catch (CertificateException refused) {
            if (isStrangers(question) && isKnown.getAsBoolean()) {
                X509ExtendedTrustManager alone = alone(chain[0]);
                question.put(alone);
                return alone;
            }
            throw new CertificateRefusedException(ChainFailure.sentence(refused, chain), refused);
        }
    }

    /// Whether nobody whom we trust has anything to do with the certificates. Where somebody has, and cannot say
    /// that they are not revoked, no acquaintance helps.
    private boolean isStrangers(Question question) throws CertificateException {
        if (anchors.revoked().isEmpty()) {
            return true;
        }
        try {
            question.put(anchors.withoutRevocation().judge(Optional.empty()));
            return false;
        } catch (CertificateException nobodys) {
            return true;
        } catch (GeneralSecurityException impossible) {
            throw new CertificateException("the trusted certificates cannot be used", impossible);
        }
    }

    /// What else a certificate has to be that is known itself.
    private static X509ExtendedTrustManager alone(X509Certificate certificate) throws CertificateException {
        try {
            return TrustAnchors.alone(certificate).judge(Optional.empty());
        } catch (GeneralSecurityException impossible) {
            throw new CertificateException("its certificate cannot be used", impossible);
        }
    }

    /// Whether certificates that were good do not hold any more, by their dates or by a revocation list.
    ///
    /// @return why, in a sentence about the peer
    Optional<String> ended(List<X509Certificate> chain) {
        X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
        try {
            for (X509Certificate certificate : shown) {
                checkStanding(certificate, shown);
            }
            return Optional.empty();
        } catch (CertificateException ended) {
            return Optional.of(String.valueOf(ended.getMessage()));
        }
    }

    /// Why the certificates of a peer that may be client or server are not good, without a handshake.
    ///
    /// @return why, in a sentence about the peer; empty where they are
    Optional<String> objection(List<X509Certificate> chain) {
        X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
        try {
            checkClientTrusted(shown, KEY_EXCHANGE);
        } catch (CertificateException asClient) {
            try {
                // Either end may be the client, so its certificate may be for either use.
                checkServerTrusted(shown, KEY_EXCHANGE);
            } catch (CertificateException asServer) {
                return Optional.of(String.valueOf(asClient.getMessage()));
            }
        }
        return Optional.empty();
    }

    /// Why the certificates of somebody who has dialled us are not good, where the handshake is another's.
    ///
    /// @return why, in a sentence about the peer; empty where they are
    Optional<String> objectionToClient(List<X509Certificate> chain) {
        try {
            checkClientTrusted(chain.toArray(X509Certificate[]::new), KEY_EXCHANGE);
            return Optional.empty();
        } catch (CertificateException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /// The same of somebody whom we have dialled.
    ///
    /// @param named whom we want to reach, where the settings do not say
    /// @param namesHost whether a certificate is for the host
    Optional<String> objectionToServer(
            List<X509Certificate> chain,
            Optional<EndpointId> named,
            String host,
            Predicate<X509Certificate> namesHost) {
        try {
            checkServerTrusted(chain.toArray(X509Certificate[]::new), KEY_EXCHANGE);
        } catch (CertificateException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
        CertificateIdentity identity = CertificateIdentity.of(chain.getFirst());
        Optional<EndpointId> expected = named.or(() -> wanted);
        if (expected.filter(identity::contradicts).isPresent()) {
            return Optional.of("its certificate belongs to " + identity + ", and " + expected.get() + " is wanted");
        }
        boolean known = expected.filter(identity::proves).isPresent() || isNameOfTheHome(host);
        return known || namesHost.test(chain.getFirst())
                ? Optional.empty()
                : Optional.of("its certificate is not for " + host + ", but for " + identity);
    }

    private void checkStanding(X509Certificate certificate, X509Certificate[] chain) throws CertificateException {
        checkDates(certificate, chain);
        if (anchors.disowned(certificate)) {
            acquaintances.revoked(certificate);
            throw new CertificateRefusedException(subject(certificate, chain) + " has been revoked");
        }
    }

    private boolean clockIsRight() {
        return !clock.instant().isBefore(Limits.MADE);
    }

    private void checkDates(X509Certificate certificate, X509Certificate[] chain) throws CertificateException {
        if (!clockIsRight()) {
            return;
        }
        try {
            certificate.checkValidity(Date.from(clock.instant()));
        } catch (CertificateExpiredException past) {
            throw new CertificateRefusedException(
                    subject(certificate, chain) + " has expired on "
                            + certificate.getNotAfter().toInstant(),
                    past);
        } catch (CertificateNotYetValidException future) {
            throw new CertificateRefusedException(
                    subject(certificate, chain) + " is valid from "
                            + certificate.getNotBefore().toInstant() + " on only; this clock shows " + clock.instant(),
                    future);
        }
    }

    static String subject(X509Certificate certificate, X509Certificate[] chain) {
        String name = ChainFailure.shown(certificate.getSubjectX500Principal().getName());
        return certificate.equals(chain[0])
                ? "its certificate (" + name + ")"
                : "the certificate of its authority (" + name + ")";
    }

    /// Without a right clock, a time is chosen at which all of the chain was valid.
    private X509ExtendedTrustManager judge(X509Certificate[] chain) throws CertificateException {
        if (clockIsRight()) {
            return now;
        }
        Instant latestStart = Stream.of(chain)
                .map(certificate -> certificate.getNotBefore().toInstant())
                .max(Instant::compareTo)
                .orElse(Limits.MADE);
        try {
            return anchors.judge(Optional.of(latestStart));
        } catch (GeneralSecurityException impossible) {
            throw new CertificateException("the trusted certificates cannot be used", impossible);
        }
    }

    /// Nobody: a client that is told whom we trust shows no certificate of others, and would be let in as nobody
    /// where it is to be refused in words.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
