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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A broker that reads every Record between two ends, and does with it what a test wants. To each end it proves
/// nothing about the other.
public final class UntrustedBroker {
    private final List<Bytes> seen = new CopyOnWriteArrayList<>();
    private volatile Treatment treatment = List::of;

    /// What becomes of a Record.
    @FunctionalInterface
    public interface Treatment {
        /// @return what goes on in its place: nothing, itself, another, or several
        List<Bytes> of(Bytes record);
    }

    /// From now on.
    public void treats(Treatment each) {
        treatment = each;
    }

    /// All Records that came by, as they were sent.
    public List<Bytes> seen() {
        return List.copyOf(seen);
    }

    /// The way of one end to this broker; both ends of a transport must go through it.
    public Mtp to(Mtp end) {
        return new Way(end);
    }

    private final class Way implements Mtp {
        private final Mtp end;
        private final Map<MtpConnection, Connection> connections = new ConcurrentHashMap<>();

        Way(Mtp end) {
            this.end = end;
        }

        private MtpConnection through(MtpConnection connection) {
            return connections.computeIfAbsent(connection, Connection::new);
        }

        @Override
        public void start(MtpReceiver receiver) throws IOException {
            end.start(new MtpReceiver() {
                @Override
                public void connected(MtpConnection connection) {
                    receiver.connected(through(connection));
                }

                @Override
                public void received(MtpConnection connection, Bytes record) {
                    receiver.received(through(connection), record);
                }

                @Override
                public void disconnected(MtpConnection connection, String reason) {
                    receiver.disconnected(through(connection), reason);
                    connections.remove(connection);
                }

                @Override
                public void refused(PeerIdentity peer, String reason) {
                    receiver.refused(peer, reason);
                }
            });
        }

        @Override
        public String description() {
            return end.description() + " through an untrusted broker";
        }

        @Override
        public void close() {
            end.close();
        }
    }

    /// One end's connection, of which only the address is known.
    private final class Connection implements MtpConnection {
        private final MtpConnection connection;

        Connection(MtpConnection connection) {
            this.connection = connection;
        }

        @Override
        public void send(Bytes record) throws IOException {
            seen.add(record);
            for (Bytes each : treatment.of(record)) {
                connection.send(each);
            }
        }

        @Override
        public PeerIdentity peer() {
            PeerIdentity there = connection.peer();
            return new PeerIdentity(there.endpointId(), PeerIdentity.Proof.NONE, there.address(), false);
        }

        @Override
        public LinkSecurity security() {
            return LinkSecurity.NONE;
        }

        @Override
        public ConnectInfo connectInfo() {
            return new ConnectInfo.Mqtt(true, "usp/" + connection.peer().address());
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
