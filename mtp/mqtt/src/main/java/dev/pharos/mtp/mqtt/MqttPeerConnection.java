// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

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

/// Our session at the broker and one peer's topic.
final class MqttPeerConnection implements MtpConnection, PeerTable.Entry {
    private final MqttMtp mtp;
    private final String topic;
    private final boolean replyToInTopic;
    private final PeerIdentity peer;
    private final ConnectInfo connectInfo;
    private final LinkSecurity security;
    private final int queueBound;
    private final Semaphore places;
    private volatile boolean open = true;
    private volatile long lastUsed = System.nanoTime();
    private volatile boolean reading = true;
    // Touched only by the serial tasks of the session.
    private final ArrayDeque<BrokerClient.Incoming> held = new ArrayDeque<>(0);

    /// @param replyToInTopic whether the peer speaks MQTT 3.1.1 and reads our reply-to topic from the topic
    MqttPeerConnection(MqttMtp mtp, String topic, boolean replyToInTopic, PeerIdentity peer, ConnectInfo connectInfo) {
        this.mtp = mtp;
        this.topic = topic;
        this.replyToInTopic = replyToInTopic;
        this.peer = peer;
        this.connectInfo = connectInfo;
        this.security = mtp.security();
        this.queueBound = mtp.queues().queuedRecords();
        this.places = new Semaphore(queueBound);
    }

    @Override
    public String listensAt() {
        return topic;
    }

    boolean replyToInTopic() {
        return replyToInTopic;
    }

    @Override
    public long lastUsed() {
        return lastUsed;
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

    /// The broker has confirmed a Record, or it is lost.
    void sent() {
        places.release();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void reading(boolean enabled) {
        // At once, so that packets which are on their way through the tasks are held too.
        reading = enabled;
        if (enabled) {
            mtp.tasks().execute(this::handOverHeld);
        }
    }

    private void handOverHeld() {
        while (reading && !held.isEmpty()) {
            handOver(held.remove());
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
    boolean deliver(BrokerClient.Incoming packet) {
        lastUsed = System.nanoTime();
        if (reading && held.isEmpty()) {
            handOver(packet);
            return true;
        }
        if (held.size() >= mtp.mostHeld()) {
            packet.acknowledge().run();
            return false;
        }
        held.add(packet);
        return true;
    }

    private void handOver(BrokerClient.Incoming packet) {
        try {
            if (open) {
                mtp.receiver().received(this, packet.payload());
            }
        } finally {
            packet.acknowledge().run();
        }
    }

    /// In the serial tasks: the end, told to the receiver. Packets that are held are left to the broker.
    void end(MtpReceiver receiver, String reason) {
        open = false;
        held.clear();
        receiver.disconnected(this, reason);
    }
}
