// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.observe.Observation;
import dev.pharos.controller.observe.WireRecord;
import dev.pharos.server.rest.json.WireEntry;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A reader of what passes on the wire. It is told what passed lately, and then goes on with what passes; what a slow
/// reader missed is gone, and it is told how much that was.
final class WireStreamReader extends StreamReader {
    private final Optional<EndpointId> device;
    private final Set<Long> toldBefore = new HashSet<>();
    private @Nullable Observation observation;
    private long droppedSeen;

    /// @param device empty for everything, unknown and refused peers too
    WireStreamReader(Optional<EndpointId> device) {
        super(Limits.WIRE_QUEUE);
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
    public boolean wantsWire(Optional<EndpointId> passing) {
        return device.isEmpty() || device.equals(passing);
    }

    @Override
    public boolean wantsEvents() {
        return false;
    }

    @Override
    public void wire(WireRecord record) {
        WireEntry entry = WireEntry.of(record);
        offer(writer -> {
            if (!toldBefore.remove(entry.seq())) {
                send(writer, entry);
            }
        });
    }

    /// Writes until the reader goes away or the server stops.
    ///
    /// @param recent what passed before or while the observation began
    /// @param last the number of the last entry that the reader has
    void run(SseWriter writer, List<WireRecord> recent, long last) throws IOException {
        for (WireRecord record : recent) {
            toldBefore.add(record.seq());
            if (record.seq() > last) {
                send(writer, WireEntry.of(record));
            }
        }
        writer.event("live", "", Map.of());
        writer.flush();
        pumpUntilGone(writer);
    }

    private static void send(SseWriter writer, WireEntry entry) throws IOException {
        writer.event("wire", Long.toString(entry.seq()), entry);
    }

    @Override
    void before(SseWriter writer) throws IOException {
        Observation own = observation;
        if (own != null && own.dropped() != droppedSeen) {
            long missed = own.dropped() - droppedSeen;
            droppedSeen += missed;
            writer.event("dropped", "", Map.of("count", missed));
        }
    }
}
