// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;

/// Passes everything on, except that it fails at each Record.
record FailingReceiver(MtpReceiver next) implements MtpReceiver {
    @Override
    public void connected(MtpConnection connection) {
        next.connected(connection);
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        throw new IllegalStateException("a fault that the test wants");
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        next.disconnected(connection, reason);
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        next.refused(peer, reason);
    }
}
