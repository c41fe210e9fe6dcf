// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.ObservedMtp;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What a fleet has done so far. Thread-safe.
public final class FleetCounters {
    final AtomicInteger started = new AtomicInteger();
    final Set<MtpConnection> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder received = new LongAdder();
    private final LongAdder disconnections = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile String lastRefusal = "";

    /// Who counts what comes over an agent's transport.
    ObservedMtp.Observer observer() {
        return new ObservedMtp.Observer() {
            @Override
            public void connected(MtpConnection connection) {
                connections.add(connection);
            }

            @Override
            public void received() {
                received.increment();
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {
                connections.remove(connection);
                disconnections.increment();
            }

            @Override
            public void failed(String reason) {
                refused.increment();
                lastRefusal = reason;
            }
        };
    }

    /// Agents that were started.
    public int started() {
        return started.get();
    }

    /// Connections that stand now.
    public int connected() {
        return connections.size();
    }

    /// Records that came from the controller.
    public long received() {
        return received.sum();
    }

    /// Connections that ended.
    public long disconnections() {
        return disconnections.sum();
    }

    /// Attempts to connect that failed.
    public long refused() {
        return refused.sum();
    }

    /// Why the last attempt failed; empty where none did.
    public String lastRefusal() {
        return lastRefusal;
    }
}
