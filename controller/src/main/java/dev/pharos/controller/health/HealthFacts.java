// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.health;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.Frozen;
import java.util.List;

/// What is known of a device when its health is judged.
///
/// @param values of its twin, beneath [Health#SOURCES]
/// @param starts how often it has started in the last day
/// @param losses how often its connection was lost in the last day
/// @param alarms of it that are open and not muted
public record HealthFacts(DeviceRecord device, List<TwinValue> values, int starts, int losses, int alarms) {
    public HealthFacts {
        values = Frozen.list(values);
    }
}
