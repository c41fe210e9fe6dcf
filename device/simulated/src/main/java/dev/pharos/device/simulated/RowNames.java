// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the gateway gives to rows that a controller made: names and hardware addresses.
record RowNames(Identity identity) {
    private static final Map<String, String> PREFIXES = Map.of(
            "Device.WiFi.SSID.{i}.", "wlan",
            "Device.Ethernet.Link.{i}.", "link",
            "Device.Ethernet.VLANTermination.{i}.", "vlan",
            "Device.IP.Interface.{i}.", "ip",
            "Device.Bridging.Bridge.{i}.", "br",
            "Device.Bridging.Bridge.{i}.Port.{i}.", "port");
    private static final Map<String, Integer> ADDRESS_KINDS =
            Map.of("Device.WiFi.SSID.{i}.", 1, "Device.Ethernet.Link.{i}.", 2);

    /// The values that this row still lacks.
    Map<String, String> missing(ObjectInstance object) {
        String kind = object.definition().path();
        String prefix = PREFIXES.get(kind);
        if (prefix == null) {
            return Map.of();
        }
        long number = object.instanceNumber().orElse(0);
        Map<String, String> values = new LinkedHashMap<>();
        if (lacks(object, "Name")) {
            values.put("Name", prefix + number);
        }
        Integer addressKind = ADDRESS_KINDS.get(kind);
        if (addressKind != null) {
            String address = identity.rowMac(addressKind, number);
            if (lacks(object, "MACAddress")) {
                values.put("MACAddress", address);
            }
            if (lacks(object, "BSSID")) {
                values.put("BSSID", address);
            }
        }
        return values;
    }

    private static boolean lacks(ObjectInstance object, String parameter) {
        return object.definition()
                .parameter(parameter)
                .map(ParameterDefinition::name)
                .flatMap(object::value)
                .filter(String::isEmpty)
                .isPresent();
    }
}
