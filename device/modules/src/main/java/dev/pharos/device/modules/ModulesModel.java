// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/// What is supported of `Device.SoftwareModules.`.
final class ModulesModel {
    private static final String RESOURCE = "/dev/pharos/device/modules/software-modules.dm";

    static final SupportedDataModel SUPPORTED =
            read().restrictedTo((object, _) -> object.startsWith(ModelPaths.MODULES));

    private ModulesModel() {}

    private static SupportedDataModel read() {
        try (InputStream stream = ModulesModel.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("not in the jar: " + RESOURCE);
            }
            try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                return ModelFormat.read(reader, "software-modules.dm");
            }
        } catch (IOException | ModelFormatException broken) {
            throw new IllegalStateException("the shipped model cannot be read", broken);
        }
    }
}
