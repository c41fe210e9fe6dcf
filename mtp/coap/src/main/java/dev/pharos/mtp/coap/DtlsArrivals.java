// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.tls.CrowdGate;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.ServerHandshaker;
import org.eclipse.californium.scandium.dtls.SessionAdapter;

/// Those who have dialled us and shake hands, after they have shown that their address is their own: no more at
/// once than we bear, and of each who does not come to the end of it is told why. Called on the library's threads.
final class DtlsArrivals extends SessionAdapter {
    private final CrowdGate gate =
            new CrowdGate("DTLS handshakes", Limits.DTLS_HANDSHAKES, Limits.DTLS_HANDSHAKES_FROM_ONE);
    private final Set<Handshaker> underWay = ConcurrentHashMap.newKeySet();
    private final BiConsumer<InetSocketAddress, String> refused;

    /// @param refused is told of those who were not let in
    DtlsArrivals(BiConsumer<InetSocketAddress, String> refused) {
        this.refused = refused;
    }

    @Override
    public void handshakeStarted(Handshaker handshaker) throws HandshakeException {
        if (!(handshaker instanceof ServerHandshaker)) {
            return;
        }
        InetSocketAddress peer = handshaker.getPeerAddress();
        switch (gate.enter(peer)) {
            case CrowdGate.Answer.Enter _ -> underWay.add(handshaker);
            case CrowdGate.Answer.TurnedAway(var told) -> {
                told.ifPresent(crowded -> refused.accept(peer, "turned away before the DTLS handshake: " + crowded));
                throw new HandshakeException(
                        "too many at once", new AlertMessage(AlertLevel.FATAL, AlertDescription.INTERNAL_ERROR));
            }
        }
    }

    @Override
    public void handshakeCompleted(Handshaker handshaker) {
        leave(handshaker);
    }

    @Override
    public void handshakeFailed(Handshaker handshaker, Throwable failure) {
        if (leave(handshaker)) {
            DtlsTrust.untold(failure).ifPresent(reason -> refused.accept(handshaker.getPeerAddress(), reason));
        }
    }

    private boolean leave(Handshaker handshaker) {
        boolean entered = underWay.remove(handshaker);
        if (entered) {
            gate.leave(handshaker.getPeerAddress());
        }
        return entered;
    }
}
