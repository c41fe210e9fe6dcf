// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.usp.UspException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Runs one diagnostic in whichever network this process is in, and prints its outputs: `command name=value …`.
final class MeasuringProgram {
    private MeasuringProgram() {}

    public static void main(String... words) throws InterruptedException {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            inputs.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        try (Host host = new Host()) {
            new TreeMap<>(host.model.operate(words[0], inputs))
                    .forEach((name, value) -> System.out.println(name + "=" + value));
        } catch (UspException refused) {
            System.out.println("refused=" + refused.fault());
        }
    }
}
