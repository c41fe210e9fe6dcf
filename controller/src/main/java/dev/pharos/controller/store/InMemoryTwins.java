// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.usp.EndpointId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The twins in memory.
final class InMemoryTwins implements TwinStore {
    private final ConcurrentHashMap<EndpointId, NavigableMap<String, TwinValue>> twins = new ConcurrentHashMap<>();

    @Override
    public void put(EndpointId device, Collection<TwinValue> values) {
        if (values.isEmpty()) {
            return;
        }
        twins.compute(device, (id, twin) -> {
            NavigableMap<String, TwinValue> changed = twin == null ? new ConcurrentSkipListMap<>() : twin;
            values.forEach(value -> changed.put(value.path(), value));
            return changed;
        });
    }

    @Override
    public void replaceUnder(EndpointId device, String objectPath, Collection<TwinValue> values) {
        Set<String> kept = new HashSet<>();
        values.forEach(value -> kept.add(value.path()));
        twins.computeIfPresent(device, (id, twin) -> {
            below(twin, objectPath).keySet().removeIf(path -> !kept.contains(path));
            return twin;
        });
        put(device, values);
    }

    @Override
    public void removeUnder(EndpointId device, String objectPath) {
        twins.computeIfPresent(device, (id, twin) -> {
            below(twin, objectPath).clear();
            return twin;
        });
    }

    @Override
    public List<TwinValue> list(EndpointId device, String prefix, int limit) {
        NavigableMap<String, TwinValue> twin = twins.get(device);
        return twin == null
                ? List.of()
                : below(twin, prefix).values().stream().limit(limit).toList();
    }

    @Override
    public Optional<TwinValue> find(EndpointId device, String path) {
        NavigableMap<String, TwinValue> twin = twins.get(device);
        return twin == null ? Optional.empty() : Optional.ofNullable(twin.get(path));
    }

    @Override
    public int count(EndpointId device) {
        NavigableMap<String, TwinValue> twin = twins.get(device);
        return twin == null ? 0 : twin.size();
    }

    @Override
    public void delete(EndpointId device) {
        twins.remove(device);
    }

    private static NavigableMap<String, TwinValue> below(NavigableMap<String, TwinValue> twin, String prefix) {
        return prefix.isEmpty() ? twin : twin.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
    }
}
