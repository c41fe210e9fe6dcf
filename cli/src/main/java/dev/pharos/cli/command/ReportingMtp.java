// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.mtp.BrokerSession;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/// A transport that says on the terminal when it is connected, when not, and why.
final class ReportingMtp implements Mtp {
    private final Mtp transport;
    private final PrintWriter err;

    ReportingMtp(Mtp transport, PrintWriter err) {
        this.transport = transport;
        this.err = err;
    }

    @Override
    public void start(MtpReceiver receiver) throws IOException {
        transport.start(new MtpReceiver() {
            @Override
            public void connected(MtpConnection connection) {
                say("connected to " + transport.description());
                receiver.connected(connection);
            }

            @Override
            public void received(MtpConnection connection, Bytes record) {
                receiver.received(connection, record);
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {
                say("disconnected: " + reason);
                receiver.disconnected(connection, reason);
            }

            @Override
            public void refused(PeerIdentity peer, String reason) {
                say("no connection: " + reason + " (trying again)");
                receiver.refused(peer, reason);
            }
        });
    }

    private void say(String line) {
        err.println(line);
        err.flush();
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
