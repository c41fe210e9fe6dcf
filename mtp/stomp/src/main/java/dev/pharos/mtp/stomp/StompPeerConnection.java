// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.PeerTable;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;

/// Our session at the broker and one peer's destination.
final class StompPeerConnection implements MtpConnection, PeerTable.Entry {
    private final StompMtp mtp;
    private final BrokerSession session;
    private final String destination;
    private final PeerIdentity peer;
    private final ConnectInfo.Stomp connectInfo;
    private final int queueBound;
    private final Semaphore places;
    private volatile boolean open = true;
    private volatile long lastUsed = System.nanoTime();
    // The rest is touched only by the serial tasks of the transport.
    private final ArrayDeque<Bytes> held = new ArrayDeque<>(0);
    private boolean reading = true;

    /// @param destination the peer's
    StompPeerConnection(
            StompMtp mtp, BrokerSession session, String destination, PeerIdentity peer, ConnectInfo.Stomp connectInfo) {
        this.mtp = mtp;
        this.session = session;
        this.destination = destination;
        this.peer = peer;
        this.connectInfo = connectInfo;
        this.queueBound = mtp.queues().queuedRecords();
        this.places = new Semaphore(queueBound);
    }

    @Override
    public String listensAt() {
        return destination;
    }

    @Override
    public long lastUsed() {
        return lastUsed;
    }

    BrokerSession session() {
        return session;
    }

    @Override
    public PeerIdentity peer() {
        return peer;
    }

    @Override
    public ConnectInfo.Stomp connectInfo() {
        return connectInfo;
    }

    @Override
    public void send(Bytes record) throws IOException {
        if (!open) {
            throw new IOException("the connection to " + peer.address() + " is closed");
        }
        if (!places.tryAcquire()) {
            throw new QueueFullException(queueBound + " records wait for " + peer.address());
        }
        lastUsed = System.nanoTime();
        try {
            mtp.publish(this, record);
        } catch (QueueFullException full) {
            places.release();
            throw full;
        }
    }

    /// The socket has taken a Record, or never will.
    void sent() {
        places.release();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void reading(boolean enabled) {
        mtp.tasks().execute(() -> {
            reading = enabled;
            while (reading && open && !held.isEmpty()) {
                mtp.receiver().received(this, held.remove());
            }
        });
    }

    @Override
    public void close(CloseReason reason) {
        if (open) {
            open = false;
            mtp.closeConnection(this, "closed by us: " + reason);
        }
    }

    /// In the serial tasks: a Record for this connection.
    ///
    /// @return false where it had to be dropped, since too many are held already
    boolean deliver(Bytes record) {
        lastUsed = System.nanoTime();
        if (reading) {
            if (open) {
                mtp.receiver().received(this, record);
            }
            return true;
        }
        if (held.size() >= Limits.HELD_RECORDS) {
            return false;
        }
        held.add(record);
        return true;
    }

    /// In the serial tasks: the end, told to the receiver.
    void end(MtpReceiver receiver, String reason) {
        open = false;
        held.clear();
        receiver.disconnected(this, reason);
    }
}
