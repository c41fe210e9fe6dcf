// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections of one session at a broker by the topic or destination where the peer is answered, the
/// longest unused first; bounded. Not thread-safe.
public final class PeerTable<C extends PeerTable.Entry> {
    private final Map<String, C> byName = new LinkedHashMap<>(16, 0.75f, true);
    private final int bound;
    private final long idleNanos;

    /// One connection.
    public interface Entry {
        /// Topic or destination where the peer listens.
        String listensAt();

        /// When something was last sent to or received from the peer, by [System#nanoTime()].
        long lastUsed();
    }

    public PeerTable(int bound, long idleNanos) {
        this.bound = bound;
        this.idleNanos = idleNanos;
    }

    public @Nullable C get(String listensAt) {
        return byName.get(listensAt);
    }

    /// @return connections that had to go, for room or for having been idle too long
    public List<C> put(C connection, @Nullable C neverRemoved) {
        List<C> gone = new ArrayList<>();
        long now = System.nanoTime();
        Iterator<C> oldest = byName.values().iterator();
        while (oldest.hasNext()) {
            C next = oldest.next();
            boolean leaves = byName.size() >= bound || now - next.lastUsed() > idleNanos;
            if (!next.equals(neverRemoved)) {
                if (!leaves) {
                    break;
                }
                oldest.remove();
                gone.add(next);
            }
        }
        byName.put(connection.listensAt(), connection);
        return gone;
    }

    public boolean remove(C connection) {
        return byName.remove(connection.listensAt(), connection);
    }

    public List<C> removeAll() {
        List<C> all = List.copyOf(byName.values());
        byName.clear();
        return all;
    }
}
