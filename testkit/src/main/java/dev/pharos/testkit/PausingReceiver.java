// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import java.util.concurrent.atomic.AtomicInteger;

/// A receiver that can take one Record at a time: it stops reading with each that comes, until a test wants the
/// next.
public final class PausingReceiver implements MtpReceiver {
    private final RecordingReceiver recording = new RecordingReceiver();
    private final AtomicInteger unasked = new AtomicInteger();
    private volatile boolean wanting = true;

    @Override
    public void connected(MtpConnection connection) {
        recording.connected(connection);
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        if (!wanting) {
            unasked.incrementAndGet();
        }
        wanting = false;
        connection.reading(false);
        recording.received(connection, record);
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        recording.disconnected(connection, reason);
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        recording.refused(peer, reason);
    }

    public MtpConnection nextConnected() {
        return recording.nextConnected();
    }

    /// The Record that came, after which the next may come.
    public Bytes nextRecord(MtpConnection from) {
        Bytes record = recording.nextRecord();
        wanting = true;
        from.reading(true);
        return record;
    }

    /// Records that came although reading had stopped.
    public int unasked() {
        return unasked.get();
    }
}
