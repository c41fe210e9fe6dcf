// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.Stores;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What does not survive the process, for tests and embedding. Of two records that become one the inventory and the
/// twins become one; events stay under the name by which they were told.
public final class InMemoryCwmpNames implements CwmpNameStore {
    private final Stores stores;
    private final Map<Former, EndpointId> names = new HashMap<>();

    public InMemoryCwmpNames(Stores stores) {
        this.stores = stores;
    }

    @Override
    public synchronized Optional<EndpointId> device(EndpointId name) {
        return names.entrySet().stream()
                .filter(each -> each.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public synchronized List<Former> of(EndpointId device) {
        return names.entrySet().stream()
                .filter(each -> each.getValue().equals(device))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized boolean unite(Union union, Instant now) {
        EndpointId gone = union.gone();
        EndpointId stays = union.stays();
        Optional<DeviceRecord> one = stores.devices().find(gone);
        Optional<DeviceRecord> other = stores.devices().find(stays);
        if (one.isEmpty() || other.isPresent() != union.known()) {
            return false;
        }
        if (union.known()) {
            stores.devices().update(stays, there -> RecordUnion.of(one.get(), there));
        } else {
            stores.devices().create(one.get().withId(stays));
        }
        stores.twins()
                .put(
                        stays,
                        stores.twins().list(gone, "", Limits.VALUES).stream()
                                .filter(value ->
                                        stores.twins().find(stays, value.path()).isEmpty())
                                .toList());
        stores.twins().delete(gone);
        boolean _ = stores.devices().delete(gone);
        names.replaceAll((_, device) -> device.equals(gone) ? stays : device);
        union.former().ifPresent(former -> names.put(former, stays));
        return true;
    }

    @Override
    public synchronized void part(EndpointId device) {
        names.values().removeIf(device::equals);
    }
}
