// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.usp.EndpointId;

/// What a broker that we trust says of its clients (R-SEC.9): how the Endpoint that listens at a topic or
/// destination has proved that it is its own. Asked for each Record, so it must answer at once.
@FunctionalInterface
public interface BrokerWitness {
    /// A broker that is not trusted so far: whoever uses a topic or destination only claims to be its Endpoint.
    BrokerWitness SILENT = endpoint -> Proof.NONE;

    Proof proof(EndpointId endpoint);
}
