// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Who is connected over STOMP, one connection for each: a second one of the same device takes over, as MQTT has it
/// too.
/// Bounded by the connections that the broker accepts.
final class StompPresence {
    private final ConcurrentHashMap<String, StompGate> present = new ConcurrentHashMap<>();

    void came(String session, StompGate gate) {
        @Nullable StompGate before = present.put(session, gate);
        if (before != null) {
            before.replaced();
        }
    }

    void left(String session, StompGate gate) {
        present.remove(session, gate);
    }
}
