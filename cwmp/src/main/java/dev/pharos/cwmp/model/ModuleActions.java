// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.rpc.ChangeDuState;

/// What a device does with its software modules for an ACS, beside the data model.
public interface ModuleActions {
    /// Carries these operations out once the session is over; a DUStateChangeComplete tells how each has ended.
    ///
    /// @return false where too many orders wait already
    boolean change(ChangeDuState order);

    /// Starts or stops an execution unit, by the last that was said where it is still busy with another. Returns at
    /// once: the unit's Status tells how it stands.
    ///
    /// @param unit its path, with the dot
    /// @param state `Active` or `Idle`
    void request(String unit, String state);
}
