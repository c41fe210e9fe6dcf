// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asks what the device is: its maker, model and versions.
final class IdentityStep implements OnboardingStep {
    static final String DEVICE_INFO = "Device.DeviceInfo.";

    @Override
    public void take(Newcomer newcomer) throws CallException, StepFailedException {
        GetResponse response = newcomer.ask(new GetRequest(List.of(DEVICE_INFO), 1));
        Map<String, String> found = new HashMap<>();
        for (GetResponse.RequestedPathResult result : response.requestedPathResults()) {
            if (result.fault().isPresent()) {
                throw new StepFailedException(
                        DEVICE_INFO + " could not be read: " + result.fault().get());
            }
            for (GetResponse.ResolvedPathResult object : result.resolvedPathResults()) {
                if (object.resolvedPath().equals(DEVICE_INFO)) {
                    found.putAll(object.resultParams());
                }
            }
        }
        newcomer.note(device -> device.withIdentity(identity(found, device.identity())));
    }

    private static DeviceIdentity identity(Map<String, String> found, DeviceIdentity known) {
        return new DeviceIdentity(
                found.getOrDefault("Manufacturer", known.manufacturer()),
                found.getOrDefault("ManufacturerOUI", known.oui()),
                found.getOrDefault("ModelName", known.modelName()),
                found.getOrDefault("ProductClass", known.productClass()),
                found.getOrDefault("SerialNumber", known.serialNumber()),
                found.getOrDefault("HardwareVersion", known.hardwareVersion()),
                found.getOrDefault("SoftwareVersion", known.softwareVersion()));
    }
}
