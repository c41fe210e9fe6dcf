// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.connection;

import dev.pharos.usp.EndpointId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Which of the ways to its controllers an agent uses (`Device.LocalAgent.Controller.{i}.MTP.{i}.Order`): those of the
/// lowest Order, all of them; those of the next one too while none of them leads anywhere, and so on. As soon as one of
/// a lower Order does, those of higher ones are not used any more.
final class Preference {
    private Preference() {}

    /// @param all by the path of their rows
    /// @param failing whether the way of a row has been tried in vain since it last led to its controller
    static Map<String, Routes.Wanted> among(Map<String, Routes.Wanted> all, Predicate<String> failing) {
        Map<String, Routes.Wanted> used = new LinkedHashMap<>(2);
        Map<EndpointId, TreeMap<Long, Map<String, Routes.Wanted>>> byOrder = new LinkedHashMap<>(2);
        all.forEach((row, way) -> byOrder.computeIfAbsent(way.controller(), any -> new TreeMap<>())
                .computeIfAbsent(way.order(), any -> new LinkedHashMap<>(2))
                .put(row, way));
        for (TreeMap<Long, Map<String, Routes.Wanted>> ways : byOrder.values()) {
            for (Map<String, Routes.Wanted> equals : ways.values()) {
                used.putAll(equals);
                if (!equals.keySet().stream().allMatch(failing)) {
                    break;
                }
            }
        }
        return used;
    }
}
