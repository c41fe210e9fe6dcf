// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.usp.EndpointId;
import java.util.LinkedHashMap;

/// Which devices have proved to this broker who they are, by login or certificate. From then on nobody may come
/// under such an Endpoint ID without a proof, so that whatever is published under it is the device's. Thread-safe.
///
/// The oldest are forgotten beyond a bound; a forgotten one has no proof, until it comes with one again.
final class ProvenDevices {
    private final LinkedHashMap<EndpointId, Proof> proofs = new LinkedHashMap<>();

    synchronized void proved(EndpointId device, Proof proof) {
        proofs.remove(device);
        proofs.put(device, proof);
        if (proofs.size() > Limits.PROVEN_DEVICES) {
            proofs.pollFirstEntry();
        }
    }

    synchronized Proof of(EndpointId device) {
        return proofs.getOrDefault(device, Proof.NONE);
    }
}
