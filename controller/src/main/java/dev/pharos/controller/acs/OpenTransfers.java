// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What devices were told to fetch or send and have yet to tell the end of, of those that do not keep the key by which
/// they are to name it. Of this server since its start alone. Thread-safe.
final class OpenTransfers {
    private final Map<EndpointId, Set<String>> open = new ConcurrentHashMap<>();

    /// @param key by which the device is to name it
    void told(EndpointId device, String key) {
        if (open.size() < Limits.DEVICES) {
            open.compute(device, (_, before) -> {
                Set<String> keys = before == null ? new LinkedHashSet<>() : new LinkedHashSet<>(before);
                keys.add(key);
                return keys.size() > Limits.OPEN_TRANSFERS ? Set.of(key) : keys;
            });
        }
    }

    /// Which of them is meant by what the device names: that, or the only one that there is.
    String meant(EndpointId device, String named) {
        Set<String> keys = open.getOrDefault(device, Set.of());
        return keys.contains(named) || keys.size() != 1
                ? named
                : keys.iterator().next();
    }

    /// Its end is known.
    void ended(EndpointId device, String key) {
        open.computeIfPresent(device, (_, before) -> {
            Set<String> keys = new LinkedHashSet<>(before);
            keys.remove(key);
            return keys.isEmpty() ? null : keys;
        });
    }
}
