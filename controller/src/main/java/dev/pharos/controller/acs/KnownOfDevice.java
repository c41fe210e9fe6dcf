// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Known;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a device has told, as its twin remembers it or as it stands in one answer. For one thread at a time.
public final class KnownOfDevice {
    private KnownOfDevice() {}

    /// From the twin, each part of which is looked up once.
    public static Known remembered(TwinStore twins, EndpointId device) {
        Map<String, Optional<String>> values = new HashMap<>();
        Map<String, List<String>> objects = new HashMap<>();
        return new Known() {
            @Override
            public Optional<String> value(String path) {
                return values.computeIfAbsent(
                        path, _ -> twins.find(device, path).map(TwinValue::value));
            }

            @Override
            public List<String> beneath(String object) {
                return objects.computeIfAbsent(
                        object,
                        _ -> twins.list(device, object, Limits.VALUES).stream()
                                .map(TwinValue::path)
                                .toList());
            }
        };
    }

    /// From all that it has just told.
    static Known told(List<ParameterValue> values) {
        TreeMap<String, String> all = new TreeMap<>();
        values.forEach(each -> all.put(each.name(), each.value()));
        return new Known() {
            @Override
            public Optional<String> value(String path) {
                return Optional.ofNullable(all.get(path));
            }

            @Override
            public List<String> beneath(String object) {
                return new ArrayList<>(all.subMap(object, true, object + Character.MAX_VALUE, true)
                        .keySet());
            }
        };
    }
}
