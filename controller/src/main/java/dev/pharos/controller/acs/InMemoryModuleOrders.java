// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Orders that do not survive the process, for tests and embedding.
public final class InMemoryModuleOrders implements ModuleOrderStore {
    private final Map<EndpointId, LinkedHashMap<String, ModuleOrder>> orders = new HashMap<>();

    @Override
    public synchronized void add(EndpointId device, ModuleOrder order, int most) {
        LinkedHashMap<String, ModuleOrder> of = orders.computeIfAbsent(device, _ -> new LinkedHashMap<>());
        of.put(order.key(), order);
        while (of.size() > most) {
            of.pollFirstEntry();
        }
    }

    @Override
    public synchronized Optional<ModuleOrder> find(EndpointId device, String key) {
        return Optional.ofNullable(
                orders.getOrDefault(device, new LinkedHashMap<>()).get(key));
    }

    @Override
    public synchronized void remove(EndpointId device, String key) {
        orders.getOrDefault(device, new LinkedHashMap<>()).remove(key);
    }
}
