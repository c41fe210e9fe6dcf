// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Items of a list that begin with a number and a comma, such as `6,192.168.1.1,192.168.1.2`.
final class Tags {
    private Tags() {}

    static String shown(List<String> items, int tag) {
        return items.stream()
                .filter(item -> item.startsWith(tag + ","))
                .map(item -> item.substring(item.indexOf(',') + 1))
                .collect(Collectors.joining(","));
    }

    /// All other items stay, and where they are.
    static List<String> written(List<String> items, int tag, String value) {
        List<String> written = new ArrayList<>();
        boolean done = value.isEmpty();
        for (String item : items) {
            if (!item.startsWith(tag + ",")) {
                written.add(item);
            } else if (!done) {
                written.add(tag + "," + value);
                done = true;
            }
        }
        if (!done) {
            written.add(tag + "," + value);
        }
        return written;
    }
}
