// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

/// The classes of `IoTCapability` that bridges can offer (TR-369, IoT data model).
public enum CapabilityClass {
    BINARY_CONTROL("BinaryControl", false),
    LEVEL_CONTROL("LevelControl", false),
    ENUM_CONTROL("EnumControl", false),
    BINARY_SENSOR("BinarySensor", true),
    LEVEL_SENSOR("LevelSensor", true),
    ENUM_SENSOR("EnumSensor", true);

    private final String object;
    private final boolean sensor;

    CapabilityClass(String object, boolean sensor) {
        this.object = object;
        this.sensor = sensor;
    }

    /// The object that holds it, which is also the value of `Class`.
    public String object() {
        return object;
    }

    /// Whether it is read only.
    public boolean isSensor() {
        return sensor;
    }
}
