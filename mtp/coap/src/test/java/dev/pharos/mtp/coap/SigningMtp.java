// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import java.io.IOException;

/// Puts a sender before whatever is sent, and takes it off what comes back, for suites that send anything.
record SigningMtp(Mtp transport) implements Mtp {
    private static final Bytes HEAD = Peers.record(Peers.AGENT, "");

    @Override
    public void start(MtpReceiver receiver) throws IOException {
        transport.start(new MtpReceiver() {
            @Override
            public void connected(MtpConnection connection) {
                receiver.connected(new Signing(connection));
            }

            @Override
            public void received(MtpConnection connection, Bytes record) {
                receiver.received(new Signing(connection), record.slice(HEAD.size(), record.size()));
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {
                receiver.disconnected(new Signing(connection), reason);
            }

            @Override
            public void refused(PeerIdentity peer, String reason) {
                receiver.refused(peer, reason);
            }
        });
    }

    @Override
    public String description() {
        return transport.description();
    }

    @Override
    public void close() {
        transport.close();
    }

    private record Signing(MtpConnection connection) implements MtpConnection {
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
        public void send(Bytes record) throws IOException {
            byte[] all = new byte[HEAD.size() + record.size()];
            HEAD.copyTo(all, 0);
            record.copyTo(all, HEAD.size());
            connection.send(Bytes.adopt(all));
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
