// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A method that can be called over the bus.
///
/// @param arguments what it takes, by name, as shown to those who look it up; nothing is checked by it
/// @param handler runs on a thread of its own, up to a bounded number at once
public record UbusMethod(Map<String, UbusValue.Kind> arguments, Handler handler) {
    public UbusMethod {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    public static UbusMethod of(Handler handler) {
        return new UbusMethod(Map.of(), handler);
    }

    /// Answers a call.
    @FunctionalInterface
    public interface Handler {
        /// @return what to answer, often one table, none where done says it all
        /// @throws UbusException with the status to answer
        List<UbusTable> answer(UbusCall call) throws UbusException, InterruptedException;
    }

    /// As it is shown on the bus.
    UbusTable signature() {
        UbusTable table = UbusTable.EMPTY;
        for (Map.Entry<String, UbusValue.Kind> argument : arguments.entrySet()) {
            table = table.with(argument.getKey(), argument.getValue().number);
        }
        return table;
    }
}
