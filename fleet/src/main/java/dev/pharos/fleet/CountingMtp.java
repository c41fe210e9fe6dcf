// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.mtp.BrokerSession;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.util.Optional;

/// A transport whose connections, Records and failures are counted on their way through.
final class CountingMtp implements Mtp {
    private final Mtp transport;
    private final FleetCounters counters;

    CountingMtp(Mtp transport, FleetCounters counters) {
        this.transport = transport;
        this.counters = counters;
    }

    @Override
    public void start(MtpReceiver receiver) throws IOException {
        transport.start(new MtpReceiver() {
            @Override
            public void connected(MtpConnection connection) {
                counters.connections.add(connection);
                receiver.connected(connection);
            }

            @Override
            public void received(MtpConnection connection, Bytes record) {
                counters.received.increment();
                receiver.received(connection, record);
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {
                counters.connections.remove(connection);
                counters.disconnections.increment();
                receiver.disconnected(connection, reason);
            }

            @Override
            public void refused(PeerIdentity peer, String reason) {
                counters.refused(reason);
                receiver.refused(peer, reason);
            }
        });
    }

    @Override
    public String description() {
        return transport.description();
    }

    @Override
    public Optional<BrokerSession> broker() {
        return transport.broker();
    }

    @Override
    public void close() {
        transport.close();
    }
}
