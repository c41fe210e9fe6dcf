// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.server.broker.Admission.Protocol;
import dev.pharos.usp.EndpointId;
import java.util.Arrays;
import java.util.LinkedHashMap;

/// Which devices have proved to this broker who they are, by login or certificate. From then on nobody may come
/// under such an Endpoint ID without a proof, so that whatever is published under it is the device's. Thread-safe.
///
/// A proof counts for the protocol over which it was given: somebody without one may still be connected over the other.
///
/// The oldest are forgotten beyond a bound; a forgotten one has no proof, until it comes with one again.
final class ProvenDevices {
    private record Way(Protocol protocol, EndpointId device) {}

    private final LinkedHashMap<Way, Proof> proofs = new LinkedHashMap<>();

    synchronized void proved(Protocol protocol, EndpointId device, Proof proof) {
        Way way = new Way(protocol, device);
        proofs.remove(way);
        proofs.put(way, proof);
        if (proofs.size() > Limits.PROVEN_DEVICES) {
            proofs.pollFirstEntry();
        }
    }

    synchronized Proof of(Protocol protocol, EndpointId device) {
        return proofs.getOrDefault(new Way(protocol, device), Proof.NONE);
    }

    /// It comes without a proof from now on, as somebody has allowed.
    synchronized void forget(EndpointId device) {
        proofs.keySet().removeIf(way -> way.device().equals(device));
    }

    /// Whether it has, over whichever protocol.
    boolean any(EndpointId device) {
        return Arrays.stream(Protocol.values()).anyMatch(protocol -> of(protocol, device) != Proof.NONE);
    }
}
