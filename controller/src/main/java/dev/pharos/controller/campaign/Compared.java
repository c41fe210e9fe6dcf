// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.usp.Frozen;
import java.time.Duration;
import java.util.List;

/// What was measured of updated devices and of the others, for one measure.
public sealed interface Compared {
    /// Where nothing was read yet.
    Compared NOTHING = new Values(List.of(), List.of());

    /// Of a parameter, one for each device that was read before and after.
    record Values(List<Change> updated, List<Change> others) implements Compared {
        public Values {
            updated = Frozen.list(updated);
            others = Frozen.list(others);
        }
    }

    /// Of events, over the same time.
    ///
    /// @param updated devices
    /// @param updatedEvents of theirs
    /// @param others devices
    /// @param otherEvents of theirs
    record Counts(long updated, long updatedEvents, long others, long otherEvents, Duration over) implements Compared {}

    /// A value of one device.
    record Change(double before, double after) {}
}
