// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit.ubus;

import java.util.ArrayList;
import java.util.List;

/// An object on the bus, with or without a path.
final class BusObject {
    final int id;
    /// Empty where it has none.
    final String path;

    final BusClient owner;
    final int type;
    final byte[] signature;
    final List<BusObject> subscribers = new ArrayList<>();
    final List<String> patterns = new ArrayList<>();
    int told;

    BusObject(int id, String path, BusClient owner, int type, byte[] signature) {
        this.id = id;
        this.path = path;
        this.owner = owner;
        this.type = type;
        this.signature = signature;
    }

    boolean hears(String event) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? event.startsWith(pattern.substring(0, pattern.length() - 1))
                        : event.equals(pattern));
    }
}
