// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The connections of one TLS context that stand, so that one whose peer's certificate is revoked or expires
/// meanwhile does not outlive it. Thread-safe.
final class StandingConnections {
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    /// Looks after the connection of this handler from the end of its handshake on.
    void add(SslHandler handler) {
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess() && done.getNow() instanceof Channel channel) {
                open.add(channel);
                channel.closeFuture().addListener(closed -> open.remove(channel));
            }
        });
    }

    /// Ends those whose certificates the judge does not let stand any more.
    void review(PeerTrust judge) {
        for (Channel channel : open) {
            List<X509Certificate> chain = CertificateIdentity.chain(channel);
            Optional<String> reason = chain.isEmpty() ? Optional.empty() : judge.ended(chain);
            reason.ifPresent(sentence -> end(channel, sentence));
        }
    }

    private void end(Channel channel, String reason) {
        open.remove(channel);
        channel.eventLoop().execute(() -> {
            // First the reason, for whoever is in the pipeline; then the end, in case nobody there closes.
            channel.pipeline().fireExceptionCaught(new CertificateEndedException(reason));
            channel.close().addListener(closed -> {});
        });
    }
}
