// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.announce;

import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpAddress;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// A transport that tells where it is reached as soon as it is: a listener when it listens, behind a broker when
/// the session there is up. Looking for names may take a while, so that it is told on a thread of its own.
final class AnnouncedMtp implements Mtp {
    private final Mtp transport;
    private final Consumer<MtpAddress> reached;

    AnnouncedMtp(Mtp transport, Consumer<MtpAddress> reached) {
        this.transport = transport;
        this.reached = reached;
    }

    @Override
    public void start(MtpReceiver receiver) throws IOException {
        transport.start(new MtpReceiver() {
            @Override
            public void connected(MtpConnection connection) {
                receiver.connected(connection);
            }

            @Override
            public void received(MtpConnection connection, Bytes record) {
                receiver.received(connection, record);
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {
                receiver.disconnected(connection, reason);
            }

            @Override
            public void sessionUp(Mtp mtp) {
                tell();
                receiver.sessionUp(AnnouncedMtp.this);
            }

            @Override
            public void refused(PeerIdentity peer, String reason) {
                receiver.refused(peer, reason);
            }
        });
        tell();
    }

    private void tell() {
        transport.address().ifPresent(address -> Thread.ofVirtual().start(() -> reached.accept(address)));
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
    public void close() {
        transport.close();
    }
}
