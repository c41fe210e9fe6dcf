// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// Who is let in. Asked once for each connection, with the first Record that says who its sender is. Must not
/// wait for long.
public interface Admission {

    /// @param known what the inventory has of this device
    Decision decide(EndpointId device, PeerIdentity peer, Optional<DeviceRecord> known);

    /// What is done with a peer.
    sealed interface Decision {}

    /// @param verified whether the peer proved its Endpoint ID
    record Admitted(boolean verified) implements Decision {}

    /// Not let in now, but shown in the inventory, where an operator may approve it.
    record Pending(String reason) implements Decision {}

    record Refused(String reason) implements Decision {}

    /// The rules of the house: approved devices come in; unknown ones come in from this host alone,
    /// unverified unless they proved who they are, and wait for approval otherwise. Who has once proved its
    /// Endpoint ID must go on proving it.
    static Admission standard() {
        return new StandardAdmission();
    }
}
