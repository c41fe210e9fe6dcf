// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.MessageId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A device as an endpoint: its connections, what is under way with it, and when it last gave a sign of life.
/// Small, since there are many.
public final class Peer {
    private final EndpointId id;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile List<Link> links = List.of();
    private volatile String absence;
    private volatile long lastProofMillis;
    private int proofs;
    private volatile boolean silent;
    private volatile boolean gone;
    private volatile boolean brokered;
    private volatile boolean verified;
    private volatile Learning learning = Learning.NONE;
    private @Nullable PendingCalls calls;
    private @Nullable Set<MessageId> requests;
    private @Nullable DeviceSession session;

    Peer(EndpointId id, String absence) {
        this.id = id;
        this.absence = absence;
    }

    public EndpointId id() {
        return id;
    }

    /// Whether a usable connection exists and nothing speaks against the device being there.
    public boolean online() {
        return !links.isEmpty() && !silent;
    }

    /// Why it is not online, as a sentence.
    public String absence() {
        return absence;
    }

    /// Whether all that we know is that our connections to it are over.
    public boolean outOfSight() {
        return links.isEmpty() && !gone;
    }

    /// Whether its last connection was through a broker, through which others may reach it too.
    public boolean brokered() {
        return brokered;
    }

    public boolean verified() {
        return verified;
    }

    /// The last proof of life, 0 where there was none since our start.
    public long lastProofMillis() {
        return lastProofMillis;
    }

    /// How many proofs of life there were; comparing it tells whether one came meanwhile, which the time of the
    /// last one does not: two may come within one millisecond.
    int proofs() {
        lock.lock();
        try {
            return proofs;
        } finally {
            lock.unlock();
        }
    }

    public Learning learning() {
        return learning;
    }

    public void learning(Learning now) {
        learning = now;
    }

    /// The transport of the newest connection, empty where there is none.
    public String transport() {
        List<Link> now = links;
        return now.isEmpty() ? "" : now.getFirst().transport();
    }

    /// Where the newest connection comes from, empty where there is none.
    public String address() {
        List<Link> now = links;
        return now.isEmpty() ? "" : now.getFirst().address();
    }

    /// Whether nothing would tell us if the device went, so that its connections say nothing: behind a broker, or over
    /// CoAP.
    public boolean unwatched() {
        List<Link> now = links;
        return !now.isEmpty() && now.stream().allMatch(Link::unwatched);
    }

    @Nullable
    Link usable() {
        for (Link link : links) {
            if (link.isOpen()) {
                return link;
            }
        }
        return null;
    }

    List<Link> links() {
        return links;
    }

    boolean has(Link link) {
        return links.contains(link);
    }

    /// Notes a sign of life.
    ///
    /// @return whether the device had been taken for gone
    boolean proofOfLife(long now) {
        lock.lock();
        try {
            lastProofMillis = now;
            proofs++;
            boolean wasSilent = silent;
            silent = false;
            return wasSilent;
        } finally {
            lock.unlock();
        }
    }

    /// Notes that the device does not answer although its connection stands.
    ///
    /// @param proofsThen how many proofs of life there were when it was asked; more by now speak for the device
    /// @return whether that is news
    public boolean fallSilent(int proofsThen, String reason) {
        lock.lock();
        try {
            if (proofs != proofsThen) {
                return false;
            }
            boolean news = !silent && !links.isEmpty();
            absence = reason;
            silent = true;
            return news;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a connection as the device's newest.
    ///
    /// @return the one of the same transport that it replaces (R-WS.4), if any
    @Nullable
    Link attach(Link link, boolean proven) {
        lock.lock();
        try {
            Link replaced = null;
            List<Link> now = new ArrayList<>();
            now.add(link);
            for (Link other : links) {
                if (other != link && other.transport().equals(link.transport())) {
                    replaced = other;
                } else if (other != link) {
                    now.add(other);
                }
            }
            verified = proven;
            links = List.copyOf(now);
            return replaced;
        } finally {
            lock.unlock();
        }
    }

    /// @param saidGoodbye whether the device itself said that it goes
    /// @return whether the connection was the device's, so that it has one less
    boolean detach(Link link, String reason, boolean saidGoodbye) {
        lock.lock();
        try {
            if (!links.contains(link)) {
                return false;
            }
            if (links.size() == 1) {
                absence = reason;
                brokered = link.brokered();
                gone = brokered && (saidGoodbye || silent);
            }
            links = links.stream().filter(other -> other != link).toList();
            return true;
        } finally {
            lock.unlock();
        }
    }

    PendingCalls calls() {
        lock.lock();
        try {
            if (calls == null) {
                calls = new PendingCalls();
            }
            return calls;
        } finally {
            lock.unlock();
        }
    }

    /// The end-to-end session, where there ever was one.
    @Nullable
    DeviceSession session() {
        lock.lock();
        try {
            return session;
        } finally {
            lock.unlock();
        }
    }

    DeviceSession session(Supplier<DeviceSession> made) {
        lock.lock();
        try {
            if (session == null) {
                session = made.get();
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    /// @return false where a request of this id is being worked on already (R-MSG.4)
    boolean begin(MessageId request) {
        lock.lock();
        try {
            if (requests == null) {
                requests = new HashSet<>(4);
            }
            return requests.add(request);
        } finally {
            lock.unlock();
        }
    }

    void end(MessageId request) {
        lock.lock();
        try {
            if (requests != null) {
                requests.remove(request);
                requests = requests.isEmpty() ? null : requests;
            }
        } finally {
            lock.unlock();
        }
    }
}
