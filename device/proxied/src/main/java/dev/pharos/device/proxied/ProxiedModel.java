// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/// What is supported of `Device.ProxiedDevice.`, and how its parts are called.
final class ProxiedModel {
    static final String THINGS = "Device.ProxiedDevice.";
    static final String MOUNTED = "X_PHAROS-DEV_Mounted";
    static final String IDENTITY = "DeviceInfo";
    static final String CAPABILITIES = "IoTCapability";
    static final String NODES = "Node";
    static final String RESOURCES = "X_PHAROS-DEV_Resource";
    static final String VALUE = "Value";

    private static final String THING = THINGS + "{i}.";

    static final SupportedDataModel SUPPORTED = read();

    private ProxiedModel() {}

    private static SupportedDataModel read() {
        String capability = text("capability.dm");
        String whole = text("proxied-device.dm")
                + capability.replace("@mounted", " mounted " + MOUNTED).replace("@", THING)
                + capability.replace("@mounted", "").replace("@", THING + NODES + ".{i}.");
        try {
            return ModelFormat.read(new StringReader(whole), "proxied-device.dm");
        } catch (IOException | ModelFormatException broken) {
            throw new IllegalStateException("the shipped model cannot be read", broken);
        }
    }

    private static String text(String resource) {
        try (InputStream stream = ProxiedModel.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("not in the jar: " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException("the shipped model cannot be read", broken);
        }
    }
}
