// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// An object that we offer on the bus.
///
/// @param path its name, such as `usp`
public record UbusObject(String path, Map<String, UbusMethod> methods) {
    public UbusObject {
        methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
    }

    UbusTable signature() {
        UbusTable table = UbusTable.EMPTY;
        for (Map.Entry<String, UbusMethod> method : methods.entrySet()) {
            table = table.with(method.getKey(), method.getValue().signature());
        }
        return table;
    }
}
