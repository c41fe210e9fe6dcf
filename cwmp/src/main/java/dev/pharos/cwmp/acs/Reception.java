// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Inform;

/// Decides which devices are let in, and what becomes of them. Called by many threads; never twice at once for one
/// device.
@FunctionalInterface
public interface Reception {
    /// A device has come.
    ///
    /// @param version the newest that it has, as far as it says so
    Welcome receive(Inform inform, CwmpVersion version, Caller caller);

    /// What becomes of a device that has come.
    sealed interface Welcome {
        record In(DeviceDesk desk) implements Welcome {}

        /// @param fault what it is told in answer to its Inform
        record Away(CwmpFault fault) implements Welcome {}

        /// It shall show its login first.
        record LoginWanted() implements Welcome {}
    }
}
