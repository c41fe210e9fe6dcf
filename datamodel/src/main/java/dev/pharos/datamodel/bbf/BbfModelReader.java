// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the data models that the Broadband Forum publishes as XML: a flattened file that has all in it, or a
/// file that imports from others in the same folder. Models of services, such as TR-104's, are put under
/// `Device.Services.`, where a device has them.
public final class BbfModelReader {
    private BbfModelReader() {}

    /// @throws IOException where a file cannot be read or is too large
    /// @throws ModelFormatException with file and line, where one is not such a model or needs a file that is
    ///     not there
    public static SupportedDataModel read(Path file) throws IOException, ModelFormatException {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        BbfFolder folder = new BbfFolder(parent == null ? absolute : parent);
        BbfFile document = folder.read(absolute);
        XmlElement model = document.model();
        ModelAssembly assembly = new ModelAssembly(folder);
        Map<String, ObjectParts> objects = assembly.of(document, model);
        if (objects.isEmpty()) {
            throw model.wrong("the model has no objects");
        }
        DefinitionReader reader = new DefinitionReader(folder, assembly.rootPath());
        List<ObjectDefinition> definitions = new ArrayList<>();
        services(objects, definitions);
        for (ObjectParts parts : objects.values()) {
            try {
                definitions.add(reader.object(parts));
            } catch (IllegalArgumentException wrong) {
                throw parts.layers.getFirst().element().wrong(String.valueOf(wrong.getMessage()));
            }
        }
        try {
            String uri = document.spec.isEmpty() ? model.required("name") : document.spec;
            return SupportedDataModel.of(uri, definitions);
        } catch (IllegalArgumentException wrong) {
            throw model.wrong(String.valueOf(wrong.getMessage()));
        }
    }

    /// The objects above those of a service.
    private static void services(Map<String, ObjectParts> objects, List<ObjectDefinition> definitions) {
        boolean isService = objects.keySet().stream().allMatch(path -> path.startsWith("Device.Services."));
        if (isService && !objects.containsKey("Device.Services.")) {
            for (String path : List.of("Device.", "Device.Services.")) {
                definitions.add(new ObjectDefinition(
                        path, ObjectAccess.READ_ONLY, List.of(), List.of(), List.of(), List.of(), ""));
            }
        }
    }
}
