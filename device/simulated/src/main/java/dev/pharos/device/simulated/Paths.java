// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import java.util.regex.Pattern;

/// Places in the factory content that the gateway itself works with, and how paths become one another.
final class Paths {
    static final String LAN = "Device.IP.Interface.2.";
    static final String DEVICE_INFO = "Device.DeviceInfo.";
    static final String POOL = "Device.DHCPv4.Server.Pool.1.";
    static final String HOSTS = "Device.Hosts.Host.";
    static final String SENSORS = "Device.DeviceInfo.TemperatureStatus.";
    static final String WIFI = "Device.WiFi.";

    private static final Pattern NUMBER = Pattern.compile("\\.\\d+(?=\\.)");

    private Paths() {}

    static String image(int slot) {
        return "Device.DeviceInfo.FirmwareImage.%d.".formatted(slot);
    }

    /// A path with `{i}` for its instance numbers.
    static String supported(String path) {
        return NUMBER.matcher(path).replaceAll(".{i}");
    }

    /// As a reference parameter holds a row: without the trailing dot.
    static String reference(String row) {
        return row.endsWith(".") ? row.substring(0, row.length() - 1) : row;
    }

    /// The row that a reference parameter names.
    static String row(String reference) {
        return reference.endsWith(".") ? reference : reference + ".";
    }

    /// The row or object above a single object, such as the interface of its statistics.
    static String holder(String path) {
        return path.substring(0, path.lastIndexOf('.', path.length() - 2) + 1);
    }

    /// The object that has a parameter.
    static String holderOfParameter(String parameterPath) {
        return parameterPath.substring(0, parameterPath.lastIndexOf('.') + 1);
    }
}
