// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// What a device says of itself in `Device.DeviceInfo.`; a text is empty where it is not known.
///
/// @param oui the `ManufacturerOUI`
public record DeviceIdentity(
        String manufacturer,
        String oui,
        String modelName,
        String productClass,
        String serialNumber,
        String hardwareVersion,
        String softwareVersion) {
    public static final DeviceIdentity UNKNOWN = new DeviceIdentity("", "", "", "", "", "", "");

    public DeviceIdentity withOnBoardRequest(String newOui, String newProductClass, String newSerialNumber) {
        return new DeviceIdentity(
                manufacturer, newOui, modelName, newProductClass, newSerialNumber, hardwareVersion, softwareVersion);
    }

    /// What decides which supported data model the device has.
    public ModelKey modelKey() {
        return new ModelKey(manufacturer, modelName, hardwareVersion, softwareVersion);
    }
}
