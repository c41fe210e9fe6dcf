// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// The rules that [Admission#standard()] states.
record StandardAdmission() implements Admission {

    @Override
    public Decision decide(EndpointId device, PeerIdentity peer, Optional<DeviceRecord> known) {
        boolean proven = peer.proof() != PeerIdentity.Proof.NONE;
        if (known.isPresent()) {
            DeviceRecord record = known.get();
            if (record.verified() && !proven) {
                return new Refused("it proved its Endpoint ID before and does not now");
            }
            if (record.approved()) {
                return new Admitted(proven);
            }
            return new Pending("it waits for an operator's approval");
        }
        if (peer.loopback()) {
            return new Admitted(proven);
        }
        return new Pending("it is unknown and waits for an operator's approval");
    }
}
