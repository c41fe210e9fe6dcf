// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.observe.RefusedPeer;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;

/// Who was refused since the server started, the last first.
public record RefusedPeers(List<Item> items) {

    /// @param device who it says it is; empty where it did not say
    /// @param address where it came from the last time
    /// @param count how often it was refused
    /// @param reason why, the last time, in a sentence
    @io.swagger.v3.oas.annotations.media.Schema(name = "RefusedPeer")
    public record Item(
            String device,
            String transport,
            String address,
            long count,
            Instant firstTime,
            Instant lastTime,
            String reason) {}

    public static RefusedPeers of(List<RefusedPeer> peers) {
        return new RefusedPeers(peers.stream()
                .map(peer -> new Item(
                        peer.device().map(EndpointId::toString).orElse(""),
                        peer.place().transport(),
                        peer.place().address(),
                        peer.count(),
                        peer.first(),
                        peer.last(),
                        peer.reason()))
                .toList());
    }
}
