// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.usp.EndpointId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The last known values of every device. Thread-safe; throws [StoreException].
public interface TwinStore {

    /// Keeps these values, in place of those of the same paths.
    void put(EndpointId device, Collection<TwinValue> values);

    /// The same for several devices at once, for stores that do it better so.
    default void putAll(Map<EndpointId, List<TwinValue>> values) {
        values.forEach(this::put);
    }

    /// Keeps these values and forgets, in the same step, every other one below this object path, which ends
    /// with a dot.
    void replaceUnder(EndpointId device, String objectPath, Collection<TwinValue> values);

    /// Updates of several devices at once, for stores that do it better so.
    default void updateAll(Map<EndpointId, TwinUpdate> updates) {
        updates.forEach((device, update) -> {
            update.forgotten().forEach(path -> removeUnder(device, path));
            put(device, update.values());
        });
    }

    /// As [#put], of what a device answered to a read: a store may keep it a moment later, for it is lost to nobody,
    /// but every other call sees it.
    default void putSoon(EndpointId device, Collection<TwinValue> values) {
        put(device, values);
    }

    /// As [#replaceUnder], of what a device answered to a read, and as soon as [#putSoon].
    default void replaceUnderSoon(EndpointId device, String objectPath, Collection<TwinValue> values) {
        replaceUnder(device, objectPath, values);
    }

    /// Waits until what this store keeps soon of the device is kept.
    default void awaitKept(EndpointId device) {}

    /// As [#put], and in the same step what was so once of which the twin has newer values already: for stores that
    /// keep
    /// what parameters were.
    default void put(EndpointId device, Collection<TwinValue> values, Collection<TwinValue> past) {
        put(device, values);
    }

    /// Forgets everything below this object path, which ends with a dot.
    void removeUnder(EndpointId device, String objectPath);

    /// The values whose path starts with `prefix`, ordered by path, at most `limit`.
    List<TwinValue> list(EndpointId device, String prefix, int limit);

    Optional<TwinValue> find(EndpointId device, String path);

    int count(EndpointId device);

    void delete(EndpointId device);
}
