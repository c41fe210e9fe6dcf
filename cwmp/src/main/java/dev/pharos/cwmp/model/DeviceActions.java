// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.CpeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a device does for an ACS that is no matter of its data model; each is only noted down until the session is
/// over.
public interface DeviceActions {
    /// Whether the device can restart at all; else Reboot and FactoryReset are not offered.
    boolean canRestart();

    void reboot(String commandKey);

    void factoryReset();

    /// Whether the device can fetch firmware at all.
    boolean canFetch();

    /// Does what is asked with a file; a TransferComplete tells what became of it.
    ///
    /// @return false where too many are under way
    boolean carry(FileCommand order);

    /// What was asked for with files and is not told of yet.
    List<AnyQueuedTransfer> queued();

    /// Gives up those of this key that have not begun.
    ///
    /// @return false where one has
    boolean cancel(String commandKey);

    /// What it does with software modules; empty where it has none, and then ChangeDUState is not offered.
    default Optional<ModuleActions> modules() {
        return Optional.empty();
    }

    /// The ACS has answered what the device has called on it.
    default void answered(CpeRequest<?> request, Answer answer) {}

    /// A call of the ACS could not be answered, by a fault of ours.
    void failed(String method, RuntimeException defect);

    /// @return false where too many are planned already
    boolean scheduleInform(Duration delay, String commandKey);
}
