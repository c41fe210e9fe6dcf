// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Transfers that are forgotten with the process, for tests and embedding.
public final class InMemoryOpenTransfers implements OpenTransferStore {
    private final Map<EndpointId, LinkedHashMap<String, Instant>> open = new HashMap<>();

    @Override
    public synchronized void told(EndpointId device, String key, Instant when, int most) {
        LinkedHashMap<String, Instant> keys = open.computeIfAbsent(device, _ -> new LinkedHashMap<>());
        keys.putLast(key, when);
        while (keys.size() > most) {
            keys.pollFirstEntry();
        }
    }

    @Override
    public synchronized List<String> of(EndpointId device, Instant since) {
        return open.getOrDefault(device, new LinkedHashMap<>()).entrySet().stream()
                .filter(each -> !each.getValue().isBefore(since))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized void ended(EndpointId device, String key) {
        open.getOrDefault(device, new LinkedHashMap<>()).remove(key);
    }
}
