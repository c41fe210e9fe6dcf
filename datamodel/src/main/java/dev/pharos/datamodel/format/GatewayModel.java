// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import dev.pharos.datamodel.definition.SupportedDataModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/// The gateway model that Pharos ships: what its own devices support of Device:2.
public final class GatewayModel {
    private static final String RESOURCE = "/dev/pharos/datamodel/gateway.dm";

    private GatewayModel() {}

    /// The whole model, read once.
    public static SupportedDataModel load() {
        return Holder.MODEL;
    }

    private static SupportedDataModel read() {
        try (InputStream stream = GatewayModel.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("not in the jar: " + RESOURCE);
            }
            try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                return ModelFormat.read(reader, "gateway.dm");
            }
        } catch (IOException | ModelFormatException broken) {
            throw new IllegalStateException("the shipped model cannot be read", broken);
        }
    }

    private static final class Holder {
        static final SupportedDataModel MODEL = read();
    }
}
