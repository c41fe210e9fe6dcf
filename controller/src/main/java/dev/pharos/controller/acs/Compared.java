// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What must be the same over both protocols when a device moves, and what is needed to undo all of it.
final class Compared {
    private static final String INFO = "Device.DeviceInfo.";

    private static final Pattern WANTED = Pattern.compile(
            "Device\\.DeviceInfo\\.(Manufacturer|ManufacturerOUI|ProductClass|SerialNumber|HardwareVersion|SoftwareVersion)"
                    + "|Device\\.WiFi\\.SSID\\.[0-9]+\\.SSID|Device\\.ManagementServer\\.PeriodicInformInterval");

    /// Where it stands.
    static final List<String> PATHS = List.of(
            INFO + "Manufacturer",
            INFO + "ManufacturerOUI",
            INFO + "ProductClass",
            INFO + "SerialNumber",
            INFO + "HardwareVersion",
            INFO + "SoftwareVersion",
            "Device.ManagementServer.PeriodicInformInterval",
            "Device.WiFi.SSID.");

    private Compared() {}

    /// @param known what the device has said, by path
    static Map<String, String> in(Map<String, String> known) {
        Map<String, String> seen = new TreeMap<>();
        known.forEach((path, value) -> {
            if (seen.size() < Limits.COMPARED && WANTED.matcher(path).matches()) {
                seen.put(path, value);
            }
        });
        return seen;
    }
}
