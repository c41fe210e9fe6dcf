// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.policy.Limits;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;

/// Puts the supported data models of instances that diverge together to one, which says of each supported object what
/// any of its instances has (TR-369, GetSupportedDM, `divergent_paths`).
final class DivergentModels {
    private final Map<String, SupportedObject> objects = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Queue<String> waiting = new ArrayDeque<>();

    /// Takes what the device has answered.
    void add(List<SupportedObject> answered) {
        for (SupportedObject object : answered) {
            for (String path : object.divergentPaths()) {
                if (known.size() < Limits.DIVERGENT_PATHS && known.add(path)) {
                    waiting.add(path);
                }
            }
            objects.merge(object.supportedObjPath(), object, DivergentModels::both);
        }
    }

    /// The instances to ask for next; none where all have been.
    List<String> next() {
        List<String> paths = new ArrayList<>();
        while (paths.size() < Limits.DIVERGENT_PATHS_AT_ONCE && !waiting.isEmpty()) {
            paths.add(waiting.remove());
        }
        return paths;
    }

    Collection<SupportedObject> objects() {
        return objects.values();
    }

    private static SupportedObject both(SupportedObject first, SupportedObject second) {
        return new SupportedObject(
                first.supportedObjPath(),
                first.access(),
                first.isMultiInstance(),
                both(first.supportedCommands(), second.supportedCommands(), one -> one.commandName()),
                both(first.supportedEvents(), second.supportedEvents(), one -> one.eventName()),
                both(first.supportedParams(), second.supportedParams(), one -> one.paramName()),
                both(first.divergentPaths(), second.divergentPaths(), path -> path),
                both(
                        first.uniqueKeySets(),
                        second.uniqueKeySets(),
                        keys -> keys.keyNames().toString()));
    }

    private static <T> List<T> both(List<T> first, List<T> second, Function<T, String> name) {
        Map<String, T> all = new LinkedHashMap<>();
        first.forEach(one -> all.put(name.apply(one), one));
        second.forEach(one -> all.putIfAbsent(name.apply(one), one));
        return List.copyOf(all.values());
    }
}
