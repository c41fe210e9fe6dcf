// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.rpc.Download;
import java.time.Duration;

/// What a device does for an ACS that is no matter of its data model; each is only noted down until the session is
/// over.
public interface DeviceActions {
    /// Whether the device can restart at all; else Reboot and FactoryReset are not offered.
    boolean canRestart();

    void reboot(String commandKey);

    void factoryReset();

    /// Whether the device can fetch firmware at all.
    boolean canFetch();

    /// Fetches this firmware and runs it; a TransferComplete tells what became of it.
    ///
    /// @return false where another is under way
    boolean fetch(Download order);

    /// Runs a command that carries a file; a TransferComplete tells what became of it.
    ///
    /// @return false where too many are under way
    boolean carry(FileCommand order);

    /// @return false where too many are planned already
    boolean scheduleInform(Duration delay, String commandKey);
}
