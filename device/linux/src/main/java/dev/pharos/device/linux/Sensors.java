// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The temperature sensors that the kernel has drivers for, by the name that tells each from the others.
final class Sensors {
    private static final String ZONES = "/sys/class/thermal";
    private static final String MONITORS = "/sys/class/hwmon";
    private static final long THOUSANDTHS = 1_000;
    private static final long ABSOLUTE_ZERO = -274;

    private final HostFiles files;
    private final Map<String, String> inputs;

    Sensors(HostFiles files) {
        this.files = files;
        this.inputs = inputs(files);
    }

    List<RowSync.Wanted> rows() {
        return inputs.keySet().stream()
                .map(name -> new RowSync.Wanted(Map.of("Name", name), Map.of("Enable", "true")))
                .toList();
    }

    boolean works(String name) {
        return reading(name).isPresent();
    }

    /// In whole degrees Celsius; −274, which stands for no reading, where the sensor does not answer.
    long degrees(String name) {
        OptionalLong reading = reading(name);
        return reading.isEmpty()
                ? ABSOLUTE_ZERO
                : Math.max(ABSOLUTE_ZERO, Math.round((double) reading.getAsLong() / THOUSANDTHS));
    }

    private OptionalLong reading(String name) {
        String input = inputs.get(name);
        return input == null ? OptionalLong.empty() : files.number(input);
    }

    private static Map<String, String> inputs(HostFiles files) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String zone : files.names(ZONES, "thermal_zone*", Limits.SENSORS)) {
            String folder = ZONES + "/" + zone + "/";
            put(found, files.word(folder + "type").orElse(zone), folder + "temp");
        }
        for (String monitor : files.names(MONITORS, "hwmon*", Limits.SENSORS)) {
            String folder = MONITORS + "/" + monitor + "/";
            String chip = files.word(folder + "name").orElse(monitor);
            for (String input : files.names(MONITORS + "/" + monitor, "temp*_input", Limits.SENSORS)) {
                String channel = input.substring(0, input.length() - "_input".length());
                put(found, chip + " " + files.word(folder + channel + "_label").orElse(channel), folder + input);
            }
        }
        return found;
    }

    private static void put(Map<String, String> found, String name, String input) {
        if (found.size() >= Limits.SENSORS) {
            return;
        }
        String unique = name;
        for (int n = 2; found.containsKey(unique); n++) {
            unique = name + " " + n;
        }
        found.put(unique, input);
    }
}
