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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A transport that loses, repeats and reorders some of what is sent through it, as a seed decides, beginning
/// with the second Record of each connection.
public final class LossyMtp implements Mtp {
    private final Mtp transport;
    private final Weather weather;
    private final Random chance;
    private final Map<MtpConnection, Lossy> connections = new ConcurrentHashMap<>();

    /// How bad it is; each in percent of Records.
    ///
    /// @param reordered those that the next one overtakes
    public record Weather(int lost, int repeated, int reordered) {}

    public LossyMtp(Mtp transport, Weather weather, long seed) {
        this.transport = transport;
        this.weather = weather;
        this.chance = new Random(seed);
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

    private boolean happens(int percent) {
        synchronized (chance) {
            return chance.nextInt(100) < percent;
        }
    }

    /// A connection in this weather.
    private final class Lossy implements MtpConnection {
        private final MtpConnection connection;
        private @Nullable Bytes overtaken;
        private boolean begun;

        Lossy(MtpConnection connection) {
            this.connection = connection;
        }

        @Override
        public synchronized void send(Bytes record) throws IOException {
            List<Bytes> now = new ArrayList<>();
            if (begun && overtaken == null && happens(weather.reordered())) {
                overtaken = record;
                return;
            }
            if (!begun || !happens(weather.lost())) {
                now.add(record);
            }
            if (begun && happens(weather.repeated())) {
                now.add(record);
            }
            begun = true;
            if (overtaken != null) {
                now.add(overtaken);
                overtaken = null;
            }
            for (Bytes each : now) {
                connection.send(each);
            }
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
