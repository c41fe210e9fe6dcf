// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.tls.DatagramTls;
import dev.pharos.usp.EndpointId;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.elements.util.CertPathUtil;
import org.eclipse.californium.elements.util.StringUtil;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.CertificateMessage;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.CertificateVerificationResult;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.ServerNames;

/// Judges the certificates of peers in the handshakes of the library, by the rules of all transports.
final class DtlsTrust implements NewAdvancedCertificateVerifier {
    static final String REFUSED = "refused in the DTLS handshake: ";

    private final DatagramTls files;
    private final Function<InetSocketAddress, Dialled> dialled;
    private final BiConsumer<InetSocketAddress, String> refused;

    /// Whom we wanted to reach at an address.
    ///
    /// @param host as it was configured
    record Dialled(Optional<EndpointId> wanted, String host) {}

    /// @param refused is told of those who dialled us and were not let in
    DtlsTrust(
            DatagramTls files,
            Function<InetSocketAddress, Dialled> dialled,
            BiConsumer<InetSocketAddress, String> refused) {
        this.files = files;
        this.dialled = dialled;
        this.refused = refused;
    }

    @Override
    public List<CertificateType> getSupportedCertificateTypes() {
        return List.of(CertificateType.X_509);
    }

    @Override
    public CertificateVerificationResult verifyCertificate(
            ConnectionId cid,
            ServerNames serverName,
            InetSocketAddress remotePeer,
            boolean clientUsage,
            boolean verifySubject,
            boolean truncateCertificatePath,
            CertificateMessage message) {
        List<X509Certificate> chain = message.getCertificateChain() == null
                ? List.of()
                : message.getCertificateChain().getCertificates().stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        Optional<String> objection = chain.isEmpty()
                ? Optional.of("it shows no certificate")
                : clientUsage ? files.objectionToClient(chain) : objectionToServer(chain, remotePeer);
        if (objection.isEmpty()) {
            return new CertificateVerificationResult(cid, message.getCertificateChain(), null);
        }
        String sentence = REFUSED + objection.get();
        if (clientUsage) {
            refused.accept(remotePeer, sentence);
        }
        return new CertificateVerificationResult(
                cid,
                new HandshakeException(sentence, new AlertMessage(AlertLevel.FATAL, AlertDescription.BAD_CERTIFICATE)),
                null);
    }

    private Optional<String> objectionToServer(List<X509Certificate> chain, InetSocketAddress peer) {
        Dialled place = dialled.apply(peer);
        return files.objectionToServer(
                chain,
                place.wanted(),
                place.host(),
                certificate -> (StringUtil.isLiteralIpAddress(place.host())
                                && CertPathUtil.matchLiteralIP(certificate, place.host()))
                        || CertPathUtil.matchDestination(certificate, place.host()));
    }

    /// Why a handshake with somebody who has dialled us has failed; empty where the certificates were judged here,
    /// and so told of at once.
    static Optional<String> untold(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith(REFUSED)
                ? Optional.empty()
                : Optional.of(Texts.of(failure));
    }

    /// Nobody: a client that is told whom we trust shows no certificate of others, and would not be refused in
    /// words.
    @Override
    public List<X500Principal> getAcceptedIssuers() {
        return List.of();
    }

    @Override
    public void setResultHandler(HandshakeResultHandler resultHandler) {
        // All is decided at once.
    }
}
