// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A transport that loses, repeats and reorders some of what is sent through it, as a seed decides, beginning
/// with the second Record of each connection.
public final class LossyMtp implements Mtp {
    private final Mtp transport;
    private final Weather weather;
    private final long seed;
    private final AtomicLong numbered = new AtomicLong();
    private final Map<MtpConnection, Lossy> connections = new ConcurrentHashMap<>();

    public LossyMtp(Mtp transport, Weather weather, long seed) {
        this.transport = transport;
        this.weather = weather;
        this.seed = seed;
    }

    @Override
    public void start(MtpReceiver receiver) throws IOException {
        transport.start(new MtpReceiver() {
            @Override
            public void connected(MtpConnection connection) {
                receiver.connected(lossy(connection));
            }

            @Override
            public void received(MtpConnection connection, Bytes record) {
                receiver.received(lossy(connection), record);
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {
                receiver.disconnected(lossy(connection), reason);
                connections.remove(connection);
            }

            @Override
            public void refused(PeerIdentity peer, String reason) {
                receiver.refused(peer, reason);
            }
        });
    }

    private MtpConnection lossy(MtpConnection connection) {
        return connections.computeIfAbsent(connection, Lossy::new);
    }

    @Override
    public String description() {
        return "lossy " + transport.description();
    }

    @Override
    public void close() {
        transport.close();
    }

    /// A connection in this weather.
    private final class Lossy implements MtpConnection {
        private final MtpConnection connection;
        private final Weather.Way<Bytes> way;
        private boolean begun;

        Lossy(MtpConnection connection) {
            this.connection = connection;
            this.way = new Weather.Way<>(seed + numbered.getAndIncrement());
        }

        @Override
        public synchronized void send(Bytes record) throws IOException {
            for (Bytes each : way.pass(record, begun ? weather : Weather.FAIR)) {
                connection.send(each);
            }
            begun = true;
        }

        @Override
        public PeerIdentity peer() {
            return connection.peer();
        }

        @Override
        public LinkSecurity security() {
            return connection.security();
        }

        @Override
        public ConnectInfo connectInfo() {
            return connection.connectInfo();
        }

        @Override
        public boolean isOpen() {
            return connection.isOpen();
        }

        @Override
        public void reading(boolean enabled) {
            connection.reading(enabled);
        }

        @Override
        public void close(CloseReason reason) {
            connection.close(reason);
        }
    }
}
