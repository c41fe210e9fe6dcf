// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.policy.Limits;
import dev.pharos.usp.EndpointId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The last Passages of some devices, within a number for each and within a weight for all. Where the weight is used
/// up, the device that was silent for longest loses its own.
final class WireShelf {
    private final long mostWeight;
    private final Map<EndpointId, ArrayDeque<Passage>> rings = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    WireShelf(long mostWeight) {
        this.mostWeight = mostWeight;
    }

    synchronized void keep(EndpointId device, Passage passage) {
        ArrayDeque<Passage> ring = rings.computeIfAbsent(device, id -> new ArrayDeque<>(4));
        ring.addLast(passage);
        weight += passage.weight();
        if (ring.size() > Limits.WIRE_KEPT_PER_DEVICE) {
            weight -= ring.removeFirst().weight();
        }
        while (weight > mostWeight && rings.size() > 1) {
            Iterator<ArrayDeque<Passage>> eldest = rings.values().iterator();
            eldest.next().forEach(each -> weight -= each.weight());
            eldest.remove();
        }
        while (weight > mostWeight && ring.size() > 1) {
            weight -= ring.removeFirst().weight();
        }
    }

    synchronized List<Passage> of(EndpointId device) {
        ArrayDeque<Passage> ring = rings.get(device);
        return ring == null ? List.of() : List.copyOf(ring);
    }

    /// The last Passages of every device, in no order.
    synchronized List<Passage> all() {
        List<Passage> all = new ArrayList<>();
        rings.values().forEach(all::addAll);
        return all;
    }

    synchronized void forget(EndpointId device) {
        ArrayDeque<Passage> ring = rings.remove(device);
        if (ring != null) {
            ring.forEach(each -> weight -= each.weight());
        }
    }

    synchronized long weight() {
        return weight;
    }
}
