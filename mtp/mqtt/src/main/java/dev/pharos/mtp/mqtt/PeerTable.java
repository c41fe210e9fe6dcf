// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections of one session by reply-to topic, the longest unused first; bounded. Touched only by the
/// serial tasks.
final class PeerTable {
    private final Map<String, MqttPeerConnection> byTopic = new LinkedHashMap<>(16, 0.75f, true);
    private final int bound;
    private final long idleNanos;

    PeerTable(int bound, long idleNanos) {
        this.bound = bound;
        this.idleNanos = idleNanos;
    }

    @Nullable
    MqttPeerConnection get(String topic) {
        return byTopic.get(topic);
    }

    /// @return connections that had to go, for room or for having been idle too long
    List<MqttPeerConnection> put(MqttPeerConnection connection, @Nullable MqttPeerConnection neverRemoved) {
        List<MqttPeerConnection> gone = new ArrayList<>();
        long now = System.nanoTime();
        Iterator<MqttPeerConnection> oldest = byTopic.values().iterator();
        while (oldest.hasNext()) {
            MqttPeerConnection next = oldest.next();
            boolean leaves = byTopic.size() >= bound || now - next.lastUsed() > idleNanos;
            if (next != neverRemoved) {
                if (!leaves) {
                    break;
                }
                oldest.remove();
                gone.add(next);
            }
        }
        byTopic.put(connection.topic(), connection);
        return gone;
    }

    boolean remove(MqttPeerConnection connection) {
        return byTopic.remove(connection.topic(), connection);
    }

    List<MqttPeerConnection> removeAll() {
        List<MqttPeerConnection> all = List.copyOf(byTopic.values());
        byTopic.clear();
        return all;
    }
}
