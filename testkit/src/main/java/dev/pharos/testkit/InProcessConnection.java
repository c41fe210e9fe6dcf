// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// One end of one in-process connection, as its receiver sees it.
final class InProcessConnection implements MtpConnection {
    private final InProcessWire wire;
    private final InProcessMailbox mailbox;
    private final PeerIdentity peer;
    private final int queueBound;
    private volatile LinkSecurity security = LinkSecurity.ON_THIS_HOST;
    /// Places left in the queue of Records that travel towards this end.
    private final Semaphore places;
    private @Nullable InProcessConnection otherEnd;
    private volatile boolean open = true;
    private volatile boolean reading = true;

    InProcessConnection(InProcessWire wire, InProcessMailbox mailbox, EndpointId peer, int queueBound) {
        this.wire = wire;
        this.mailbox = mailbox;
        this.peer = new PeerIdentity(Optional.of(peer), PeerIdentity.Proof.CREDENTIALS, "in-process:" + peer, true);
        this.queueBound = queueBound;
        this.places = new Semaphore(queueBound);
    }

    void join(InProcessConnection other) {
        otherEnd = other;
    }

    InProcessConnection otherEnd() {
        return Objects.requireNonNull(otherEnd);
    }

    /// Says how the way to the peer is secured, before [#announce].
    void secured(LinkSecurity way) {
        security = way;
    }

    void announce() {
        mailbox.put(this, receiver -> receiver.connected(this));
    }

    void end(String reason) {
        open = false;
        mailbox.put(this, receiver -> receiver.disconnected(this, reason));
    }

    boolean deliverable() {
        return reading || !open;
    }

    private boolean offer(Bytes record) {
        if (!places.tryAcquire()) {
            return false;
        }
        mailbox.put(this, receiver -> {
            places.release();
            receiver.received(this, record);
        });
        return true;
    }

    @Override
    public PeerIdentity peer() {
        return peer;
    }

    @Override
    public LinkSecurity security() {
        return security;
    }

    @Override
    public ConnectInfo connectInfo() {
        return new ConnectInfo.WebSocket();
    }

    @Override
    public void send(Bytes record) throws IOException {
        wire.settle();
        if (!open) {
            throw new IOException("the connection to " + peer.address() + " is closed");
        }
        if (!otherEnd().offer(record)) {
            throw new QueueFullException(queueBound + " records wait for " + peer.address());
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void reading(boolean enabled) {
        reading = enabled;
        mailbox.wake();
    }

    @Override
    public void close(CloseReason reason) {
        wire.disconnect(this, "closed at the end that talks to " + peer.address() + ": " + reason);
    }
}
