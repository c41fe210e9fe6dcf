// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.localagent.Boot;
import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.usp.message.Notification;

/// Something that subscriptions may be about.
sealed interface Trigger {
    record Changed(ChangeSet changes) implements Trigger {}

    record Raised(DataModelEvent event) implements Trigger {}

    record Completed(Notification.OperationComplete operation) implements Trigger {}

    /// `Device.Boot!`, which says something else to each controller.
    record Booted(Boot boot) implements Trigger {}

    /// `Device.LocalAgent.Periodic!` for one controller.
    ///
    /// @param recipient its row
    record PeriodDue(String recipient) implements Trigger {}
}
