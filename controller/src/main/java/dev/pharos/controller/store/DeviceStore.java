// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Facet;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    ///
    /// @return those that another server wrote down as offline, not approved, or removed; never any where there
    ///     is one
    default Set<EndpointId> touch(Map<EndpointId, Instant> lastSeen) {
        lastSeen.forEach((id, seen) -> update(id, device -> device.withLastSeen(seen)));
        return Set.of();
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

    /// For the start and the end: nobody is connected to us, whatever the store remembers. Whom another server
    /// that runs has is left to it, and who is there in sessions alone ([DeviceRecord#inSessions]) stays as it is.
    ///
    /// @return how many were thought to be online
    int markAllOffline(String reason);

    // ---- where several servers share the store; alone, there is nobody to share with

    /// Which of these are online with another server that runs.
    default Set<EndpointId> elsewhere(Collection<EndpointId> devices) {
        return Set.of();
    }

    /// Our connection to a device is over, which says nothing of the device where others may reach it.
    ///
    /// @param shared whether other servers may reach the device too, as behind a broker that we share
    /// @return whether another server that runs has it, or is to look after it, so that nothing is to be written
    ///     down
    default boolean release(EndpointId device, boolean shared) {
        return false;
    }

    /// Takes over devices that are online as far as is known and that no server has any more: another has
    /// released them, or has ended. Each comes to one server.
    ///
    /// @param most how many at once
    default List<DeviceRecord> adopt(int most) {
        return List.of();
    }

    /// For the end: leaves what is online with us to other servers that run.
    ///
    /// @return whether there are any
    default boolean handOver() {
        return false;
    }
}
