// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Models that stand beside this class in the jar.
final class ShippedModel {
    private ShippedModel() {}

    static SupportedDataModel read(String name) {
        try (InputStream text =
                Objects.requireNonNull(ShippedModel.class.getResourceAsStream(name), "not in the jar: " + name)) {
            return ModelFormat.read(new InputStreamReader(text, StandardCharsets.UTF_8), name);
        } catch (IOException | ModelFormatException broken) {
            throw new IllegalStateException("the shipped model cannot be read", broken);
        }
    }
}
