// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// What devices of one supported data model have in common.
public record ModelKey(String manufacturer, String modelName, String hardwareVersion, String softwareVersion) {

    /// Whether the key says enough to share a model between devices: two devices that say nothing need not be
    /// equal.
    public boolean isTelling() {
        return !modelName.isEmpty() && !softwareVersion.isEmpty();
    }
}
