// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import dev.pharos.controller.query.ParameterPattern;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What GenieACS calls something of a device, and how it is called here.
final class Names {
    private static final String VIRTUAL = "VirtualParameters.";
    private static final String SHARED = "Device.X_GENIEACS_Virtual.";
    private static final String DEVICE = "DeviceID.";
    private static final String OLD_DEVICE = "_deviceId._";
    private static final String OLD_VALUE = "._value";
    private static final Map<String, String> IDENTITY =
            Map.of("Manufacturer", "manufacturer", "OUI", "oui", "ProductClass", "class", "SerialNumber", "serial");
    private static final Map<String, String> INFO = Map.of(
            "Manufacturer", "manufacturer",
            "ManufacturerOUI", "oui",
            "ProductClass", "class",
            "SerialNumber", "serial",
            "ModelName", "model",
            "HardwareVersion", "hardware",
            "SoftwareVersion", "software");

    private final Set<String> virtual;

    /// @param virtual parameters that have a name here, without what their names begin with
    Names(Set<String> virtual) {
        this.virtual = new TreeSet<>(virtual);
    }

    /// By what name a virtual parameter is shown.
    static String shared(String virtual) {
        return SHARED + virtual;
    }

    /// An attribute of the inventory, or the path of a parameter.
    String inQuery(String name) throws UntranslatableException {
        String plain = name.endsWith(OLD_VALUE) ? name.substring(0, name.length() - OLD_VALUE.length()) : name;
        String identity = plain.startsWith(DEVICE)
                ? IDENTITY.get(plain.substring(DEVICE.length()))
                : plain.startsWith(OLD_DEVICE) ? IDENTITY.get(plain.substring(OLD_DEVICE.length())) : null;
        if (identity != null) {
            return identity;
        }
        if (plain.equals("_id") || plain.equals(DEVICE + "ID")) {
            throw new UntranslatableException(
                    "a device has another id here; say its serial number, OUI and product class in place of " + name);
        }
        return path(plain);
    }

    /// The path of a parameter; rows may be `*`.
    String path(String name) throws UntranslatableException {
        String path = name;
        if (name.startsWith(VIRTUAL)) {
            String own = name.substring(VIRTUAL.length());
            if (!virtual.contains(own)) {
                throw new UntranslatableException(name + " has no name here");
            }
            path = shared(own);
        }
        boolean known = (path.startsWith("Device.") || path.startsWith("InternetGatewayDevice."))
                && ParameterPattern.of(path).isPresent();
        if (!known) {
            throw new UntranslatableException(
                    UntranslatableException.quoted(name) + " is no parameter of a device that has a name here");
        }
        return path;
    }

    /// What a profile writes in braces for the value of this parameter; empty where it has no word for it.
    static String place(String path) {
        String identity = path.startsWith(DEVICE) ? IDENTITY.get(path.substring(DEVICE.length())) : null;
        for (String root : Set.of("Device.DeviceInfo.", "InternetGatewayDevice.DeviceInfo.")) {
            if (path.startsWith(root)) {
                identity = INFO.get(path.substring(root.length()));
            }
        }
        return identity == null ? "" : "{" + identity + "}";
    }
}
