// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
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
    private volatile boolean reading = true;
    // Touched only by the serial tasks of the transport.
    private final ArrayDeque<Arrived> held = new ArrayDeque<>(0);

    /// A Record from the broker.
    ///
    /// @param taken to be run once it is handed over or let go
    record Arrived(Bytes record, Runnable taken) {}

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
    public LinkSecurity security() {
        return session.security();
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
        // At once, so that Records which are on their way through the tasks are held too.
        reading = enabled;
        if (enabled) {
            mtp.tasks().execute(this::handOverHeld);
        }
    }

    private void handOverHeld() {
        while (reading && open && !held.isEmpty()) {
            handOver(held.remove());
        }
    }

    private void handOver(Arrived arrived) {
        arrived.taken().run();
        if (open) {
            mtp.receiver().received(this, arrived.record());
        }
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
    boolean deliver(Arrived arrived) {
        lastUsed = System.nanoTime();
        if (reading && held.isEmpty()) {
            handOver(arrived);
            return true;
        }
        if (held.size() >= mtp.mostHeld()) {
            arrived.taken().run();
            return false;
        }
        held.add(arrived);
        return true;
    }

    /// In the serial tasks: the end, told to the receiver.
    void end(MtpReceiver receiver, String reason) {
        open = false;
        held.forEach(arrived -> arrived.taken().run());
        held.clear();
        receiver.disconnected(this, reason);
    }
}
