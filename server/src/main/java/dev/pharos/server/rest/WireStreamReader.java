// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.observe.Observation;
import dev.pharos.controller.observe.WireRecord;
import dev.pharos.server.rest.json.WireEntry;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A reader of Records as they pass. Nothing of this is stored: what a slow reader missed is gone, and it is told how
/// much that was.
final class WireStreamReader extends StreamReader {
    private final Optional<EndpointId> device;
    private @Nullable Observation observation;
    private long droppedSeen;

    /// @param device empty for everything, unknown and refused peers too
    WireStreamReader(Optional<EndpointId> device) {
        this.device = device;
    }

    void watch(Observation own) {
        observation = own;
    }

    @Override
    public boolean wantsWire() {
        return true;
    }

    @Override
    public void wire(WireRecord record) {
        if (device.isEmpty() || device.equals(record.device())) {
            offer(writer -> writer.event("wire", "", WireEntry.of(record)));
        }
    }

    @Override
    void before(SseWriter writer) throws IOException {
        Observation own = observation;
        if (own != null && own.dropped() != droppedSeen) {
            long missed = own.dropped() - droppedSeen;
            droppedSeen = own.dropped();
            writer.event("dropped", "", Map.of("count", missed));
        }
    }
}
