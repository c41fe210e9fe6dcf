// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.policy.Limits;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.usp.EndpointId;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Every device that was connected since the start, and every connection.
public final class Peers {
    private final ConcurrentHashMap<EndpointId, Peer> peers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<MtpConnection, Link> links = new ConcurrentHashMap<>();

    public Optional<Peer> find(EndpointId device) {
        return Optional.ofNullable(peers.get(device));
    }

    public Collection<Peer> all() {
        return peers.values();
    }

    boolean hasRoomFor(EndpointId device) {
        return peers.containsKey(device) || peers.size() < Limits.PEERS;
    }

    Peer get(EndpointId device) {
        return peers.computeIfAbsent(device, id -> new Peer(id, "it has not connected since the start"));
    }

    public void forget(EndpointId device) {
        peers.remove(device);
    }

    Collection<Link> links() {
        return links.values();
    }

    void add(Link link) {
        links.put(link.connection(), link);
    }

    @Nullable
    Link link(MtpConnection connection) {
        return links.get(connection);
    }

    @Nullable
    Link remove(MtpConnection connection) {
        return links.remove(connection);
    }
}
