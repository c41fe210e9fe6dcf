// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What does not survive the process, for tests and embedding. Of two records that become one the inventory and the
/// twins become one; events stay under the name by which they were told.
public final class InMemoryCwmpNames implements CwmpNameStore {
    private final Stores stores;
    private final Map<Former, EndpointId> names = new HashMap<>();
    private final Map<EndpointId, Joined> unions = new TreeMap<>();

    /// @param before both records, where they can be two again
    private record Joined(EndpointId device, Instant since, Optional<Before> before) {}

    private record Before(DeviceRecord gone, DeviceRecord stayed, List<TwinValue> values) {}

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
    public synchronized Optional<EndpointId> formerly(EndpointId name) {
        return Optional.ofNullable(unions.get(name))
                .map(Joined::device)
                .filter(_ -> stores.devices().find(name).isEmpty());
    }

    /// All belong to one here.
    @Override
    public boolean mayBeOne(EndpointId one, EndpointId other) {
        return true;
    }

    @Override
    public synchronized List<Past> pastOf(EndpointId device) {
        return unions.entrySet().stream()
                .filter(each -> each.getValue().device().equals(device))
                .map(each -> new Past(
                        each.getKey(),
                        each.getValue().since(),
                        each.getValue().before().isPresent()))
                .toList();
    }

    @Override
    public synchronized boolean split(EndpointId device, EndpointId former, Instant now) {
        Optional<Before> before = Optional.ofNullable(unions.get(former))
                .filter(union -> union.device().equals(device))
                .flatMap(Joined::before);
        if (before.isEmpty() || stores.devices().find(former).isPresent()) {
            return false;
        }
        Before both = before.get();
        stores.devices().create(RecordUnion.again(both.gone()));
        both.values().stream()
                .filter(value -> stores.twins()
                        .find(device, value.path())
                        .filter(value::equals)
                        .isPresent())
                .forEach(value -> stores.twins().removeUnder(device, value.path()));
        stores.twins().put(former, both.values());
        stores.devices().update(device, there -> RecordUnion.without(both.gone(), both.stayed(), there));
        unions.remove(former);
        names.keySet().removeIf(name -> name.name().equals(former));
        return true;
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
        List<TwinValue> values = stores.twins().list(gone, "", Limits.VALUES);
        unions.replaceAll(
                (_, each) -> each.device().equals(gone) ? new Joined(stays, each.since(), each.before()) : each);
        unions.remove(stays);
        unions.put(
                gone,
                new Joined(
                        stays,
                        now,
                        other.filter(_ -> union.undoable()).map(stayed -> new Before(one.get(), stayed, values))));
        stores.twins()
                .put(
                        stays,
                        values.stream()
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
