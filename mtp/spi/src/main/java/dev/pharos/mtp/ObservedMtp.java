// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.util.Optional;

/// A transport with somebody who sees what comes over it: connections, Records and failures, and why.
public final class ObservedMtp implements Mtp {
    private final Mtp transport;
    private final Observer observer;

    public ObservedMtp(Mtp transport, Observer observer) {
        this.transport = transport;
        this.observer = observer;
    }

    /// Told before the transport's receiver is, on the same threads: must not wait.
    public interface Observer {
        void connected(MtpConnection connection);

        default void received() {}

        /// @param reason a sentence for people
        void disconnected(MtpConnection connection, String reason);

        /// An attempt was in vain, or somebody was not let in.
        void failed(String reason);

        /// The transport was closed by its owner.
        default void closed() {}
    }

    @Override
    public void start(MtpReceiver receiver) throws IOException {
        transport.start(new MtpReceiver() {
            @Override
            public void connected(MtpConnection connection) {
                observer.connected(connection);
                receiver.connected(connection);
            }

            @Override
            public void received(MtpConnection connection, Bytes record) {
                observer.received();
                receiver.received(connection, record);
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {
                observer.disconnected(connection, reason);
                receiver.disconnected(connection, reason);
            }

            @Override
            public void sessionUp(Mtp mtp) {
                receiver.sessionUp(mtp);
            }

            @Override
            public void refused(PeerIdentity peer, String reason) {
                observer.failed(reason);
                receiver.refused(peer, reason);
            }
        });
    }

    @Override
    public String description() {
        return transport.description();
    }

    @Override
    public Optional<MtpAddress> address() {
        return transport.address();
    }

    @Override
    public Optional<MtpConnection> reach(String address, boolean proven) {
        return transport.reach(address, proven);
    }

    @Override
    public Optional<BrokerSession> broker() {
        return transport.broker();
    }

    @Override
    public void close() {
        transport.close();
        observer.closed();
    }
}
