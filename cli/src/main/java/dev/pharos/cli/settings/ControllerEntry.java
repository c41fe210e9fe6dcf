// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// All that is said of one controller. What is not said is as usual.
record ControllerEntry(Map<ControllerField, List<String>> values) {
    static final ControllerEntry NOTHING = new ControllerEntry(Map.of());

    ControllerEntry {
        Map<ControllerField, List<String>> copy = new EnumMap<>(ControllerField.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    boolean says(ControllerField field) {
        return values.containsKey(field);
    }

    List<String> get(ControllerField field) {
        return values.getOrDefault(field, field.usual());
    }

    ControllerEntry with(ControllerField field, List<String> value) {
        Map<ControllerField, List<String>> more = new EnumMap<>(ControllerField.class);
        more.putAll(values);
        more.put(field, List.copyOf(value));
        return new ControllerEntry(more);
    }

    /// With what the other one says.
    ControllerEntry with(ControllerEntry other) {
        Map<ControllerField, List<String>> more = new EnumMap<>(ControllerField.class);
        more.putAll(values);
        more.putAll(other.values);
        return new ControllerEntry(more);
    }

    /// Whether a broker is between us and it.
    boolean hasBroker() {
        return get(ControllerField.URL).stream().anyMatch(url -> url.startsWith("mqtt") || url.startsWith("stomp"));
    }

    /// Without values, which may be a password.
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
