// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who was refused since the start, each once: by the id that a peer gives and the host that it comes from, since its
/// port is another every time. The one refused least recently makes room.
final class RefusedPeers {
    private record Who(Optional<EndpointId> device, String transport, String host) {}

    private final int most;
    private final Map<Who, RefusedPeer> peers = new LinkedHashMap<>(16, 0.75f, true);

    RefusedPeers(int most) {
        this.most = most;
    }

    synchronized void note(WirePlace place, Optional<EndpointId> device, String reason, Instant now, long times) {
        Who who = new Who(device, place.transport(), host(place.address()));
        RefusedPeer before = peers.get(who);
        peers.put(
                who,
                new RefusedPeer(
                        device,
                        place,
                        before == null ? times : before.count() + times,
                        before == null ? now : before.first(),
                        now,
                        reason));
        if (peers.size() > most) {
            peers.remove(peers.keySet().iterator().next());
        }
    }

    private static String host(String address) {
        int port = address.lastIndexOf(':');
        return port < 0 || address.indexOf(' ') >= 0 ? address : address.substring(0, port);
    }

    /// The last refused first.
    synchronized List<RefusedPeer> list() {
        List<RefusedPeer> all = new ArrayList<>(peers.values());
        Collections.reverse(all);
        return all;
    }

    synchronized void forget(EndpointId device) {
        peers.keySet().removeIf(who -> who.device().equals(Optional.of(device)));
    }
}
