// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Facet;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The inventory. Thread-safe; every method throws [StoreException] where the store cannot do it.
public interface DeviceStore {

    Optional<DeviceRecord> find(EndpointId id);

    /// Adds the device unless it is there already; gives what is stored in either case.
    DeviceRecord create(DeviceRecord device);

    /// Changes a device in one step that no other change can come between. `change` may run more than once.
    ///
    /// @return the device as it is now, or empty where there is none
    Optional<DeviceRecord> update(EndpointId id, UnaryOperator<DeviceRecord> change);

    /// Notes that these devices gave a sign of life; for stores that do many at once.
    default void touch(Map<EndpointId, Instant> lastSeen) {
        lastSeen.forEach((id, seen) -> update(id, device -> device.withLastSeen(seen)));
    }

    /// @return whether it was there
    boolean delete(EndpointId id);

    DevicePage list(DeviceQuery query);

    /// Counts the devices that meet the condition by their values.
    ///
    /// @param most how many values are named
    FacetCounts count(Condition condition, Facet by, int most);

    long count();

    long countOnline();

    /// For the start: nobody is connected yet, whatever the store remembers.
    ///
    /// @return how many were thought to be online
    int markAllOffline(String reason);
}
